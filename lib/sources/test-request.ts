import { type Author, recordAudit } from "../audit/record.ts";
import { db } from "../db.ts";
import { publicUrl } from "../env.ts";
import { formatId, newId } from "../ids.ts";
import { type SampleCall, sampleCall } from "../providers/sample.ts";
import { VERSION } from "../version.ts";
import { openSource, sourceUrl } from "./open-source.ts";
import { findSource } from "./queries.ts";
import { type Incoming, receive } from "./receive.ts";

export type TestRequest =
  | { result: "sent"; requestId: string }
  /** Nothing was sent: there is no secret to sign with, or only such as verify. */
  | { result: "no_secret" | "verify_only" }
  /** The source takes nothing now. */
  | { result: "closed" }
  | { result: "failed"; why: string }
  | { result: "not_found" };

/**
 * Makes a realistic call of the source's provider, signs it with the source's own secret, and receives it as the door
 * does: verified, kept, and sent along the same road. Its events are tests, which statistics leave out.
 */
export async function sendTestRequest(workspaceId: string, sourceId: string, author: Author): Promise<TestRequest> {
  const known = await findSource(workspaceId, sourceId);
  const source = known && (await openSource(sourceId));
  if (!source) return { result: "not_found" };
  if (source.status !== "active") return { result: "closed" };
  const id = newId();
  const asked = { url: sourceUrl(source.token), settings: source.settings, id: id.replaceAll("-", ""), at: new Date() };
  const sampled = await sampleCall(source.provider, source.secrets, asked);
  if (!sampled.made) return { result: sampled.why };
  const reception = await receive(source, incomingOf(id, sampled.call));
  if (reception.result === "closed") return { result: "closed" };
  if (reception.result === "failed") return { result: "failed", why: reception.why.detail };
  await recordAudit(db(), workspaceId, author, {
    action: "source.tested",
    target: formatId("src", sourceId),
    targetName: source.name,
    detail: { request: formatId("req", id) },
  });
  return { result: "sent", requestId: id };
}

function incomingOf(id: string, { method, url, headers, body }: SampleCall): Incoming {
  const base = publicUrl();
  const pairs = Object.entries({
    host: new URL(base).host,
    "user-agent": `Posthorn/${VERSION} (test request)`,
    ...headers,
    "content-length": String(body.length),
  });
  return { id, method, head: { target: url.slice(base.length), headers: pairs }, body, address: null, test: true };
}
