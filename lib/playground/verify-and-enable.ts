import type { Author } from "../audit/record.ts";
import { enableEndpoint } from "../endpoints/commands.ts";
import { type Verification, verifyStored } from "./verify-endpoint.ts";

export type EnableResult =
  | { result: "enabled" | "unchanged" | "not_found" }
  | { result: "unanswered"; verification: Verification }
  | { result: "busy"; why: string };

/** Enables an endpoint again once it has answered a signed ping: what it was disabled for may still be so. */
export async function verifyAndEnable(
  workspace: { id: string; slug: string },
  endpointId: string,
  author: Author,
): Promise<EnableResult> {
  const verified = await verifyStored(workspace, endpointId, author);
  if (verified.result !== "called") return verified;
  if (verified.verification.answer.outcome !== "success") return { ...verified, result: "unanswered" };
  const enabled = await enableEndpoint(workspace.id, endpointId, author);
  return { result: enabled === "changed" ? "enabled" : enabled };
}
