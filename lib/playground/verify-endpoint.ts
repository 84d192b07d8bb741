import { type Author, recordAudit } from "../audit/record.ts";
import { db, hotSql } from "../db.ts";
import { type Configuration, Configurations } from "../delivery/configuration.ts";
import type { Refused } from "../endpoints/stored-values.ts";
import { formatId } from "../ids.ts";
import { draftConfiguration } from "./draft-configuration.ts";
import type { VerifyInput } from "./input.ts";
import { shownAddress } from "./shown-address.ts";
import { trialAllowance } from "./trial-allowance.ts";
import { trialEvent } from "./trial-event.ts";
import type { TrialAnswer } from "./trial-result.ts";
import { keepTrial } from "./trials.ts";
import { tryCall } from "./try-call.ts";

export const PING_TYPE = "posthorn.ping";
const PING_DATA = Buffer.from('{"message":"Posthorn checks that this endpoint answers. Nothing has happened."}');

export type Verification = {
  at: Date;
  url: string;
  answer: TrialAnswer;
  /** It was signed with the endpoint's own secret, not with one that its receiver cannot know. */
  knownSecret: boolean;
};

export type VerifyResult =
  | { result: "called"; verification: Verification }
  | { result: "not_found" }
  | { result: "busy"; why: string }
  | ({ result: "refused" } & Refused);

/** Sends a signed ping to the endpoint that the form describes, before anything is saved. */
export async function verifyEndpoint(
  workspace: { id: string; slug: string },
  input: VerifyInput,
  author: Author,
): Promise<VerifyResult> {
  const draft = await draftConfiguration(workspace, input);
  if (!draft) return { result: "not_found" };
  if ("message" in draft) return { result: "refused", ...draft };
  const grant = trialAllowance().take(workspace.id, 1);
  if (!grant.granted) return { result: "busy", why: grant.why };
  try {
    return { result: "called", verification: await ping(workspace, draft.configuration, draft.endpointId, author) };
  } finally {
    grant.giveBack();
  }
}

/** The same to an endpoint as it is stored, whatever its state. */
export async function verifyStored(
  workspace: { id: string; slug: string },
  endpointId: string,
  author: Author,
): Promise<Exclude<VerifyResult, { result: "refused" }>> {
  const stored = (await new Configurations(hotSql()).find([endpointId])).get(endpointId)?.configuration;
  if (stored?.workspaceId !== workspace.id) return { result: "not_found" };
  const grant = trialAllowance().take(workspace.id, 1);
  if (!grant.granted) return { result: "busy", why: grant.why };
  try {
    // Filter and transformation are about real events; a ping goes as it is.
    const configuration = { ...stored, transformation: null };
    return { result: "called", verification: await ping(workspace, configuration, endpointId, author) };
  } finally {
    grant.giveBack();
  }
}

async function ping(
  workspace: { id: string; slug: string },
  configuration: Configuration,
  endpointId: string | null,
  author: Author,
): Promise<Verification> {
  const made = trialEvent({ type: PING_TYPE, payload: PING_DATA, workspaceSlug: workspace.slug });
  const trial = await tryCall({ configuration, ...made });
  const url = shownAddress(configuration.url, configuration.format);
  const asked = { target: "verify" as const, eventType: PING_TYPE, payload: null, endpointId, url };
  await keepTrial(workspace.id, asked, trial, author);
  if (endpointId) await audit(workspace.id, endpointId, url, trial.answer, author);
  return { at: trial.startedAt, url, answer: trial.answer, knownSecret: endpointId !== null };
}

/** A stored header or token may have gone to another URL than the one that is stored. */
function audit(workspaceId: string, endpointId: string, url: string, answer: TrialAnswer, author: Author) {
  return recordAudit(db(), workspaceId, author, {
    action: "endpoint.verified",
    target: formatId("ep", endpointId),
    targetName: url,
    detail: { outcome: answer.outcome, statusCode: answer.statusCode },
  });
}
