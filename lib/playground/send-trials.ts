import type { Author } from "../audit/record.ts";
import { hotSql } from "../db.ts";
import { type Configuration, Configurations } from "../delivery/configuration.ts";
import { signingKey } from "../delivery/sign.ts";
import { judgeOf } from "../filters/judge-event.ts";
import { parseId } from "../ids.ts";
import { forgetRouting, routingOf } from "../ingest/routing.ts";
import { draftConfiguration } from "./draft-configuration.ts";
import { type TrialInput, verifyInput } from "./input.ts";
import { shownAddress } from "./shown-address.ts";
import { MOST_AT_ONCE, trialAllowance } from "./trial-allowance.ts";
import { trialEvent } from "./trial-event.ts";
import { keepTrial } from "./trials.ts";
import { tryCall } from "./try-call.ts";

type Workspace = { id: string; slug: string };

/** `field` is the one of the form that has to be changed. */
export type SendResult =
  | { result: "sent"; ids: string[] }
  | { result: "refused"; field: keyof TrialInput; why: string };
type Refused = Extract<SendResult, { result: "refused" }>;

const refused = (field: keyof TrialInput, why: string): Refused => ({ result: "refused", field, why });

/** Sends the event to whom the form names, at once and beside the road, and keeps what came of it. */
export async function sendTrials(workspace: Workspace, input: TrialInput, author: Author): Promise<SendResult> {
  const targets = await targetsOf(workspace, input);
  if ("result" in targets) return targets;
  const grant = trialAllowance().take(workspace.id, targets.length);
  if (!grant.granted) return refused("target", grant.why);
  const made = trialEvent({ type: input.type, payload: Buffer.from(input.payload), workspaceSlug: workspace.slug });
  try {
    const ids = targets.map(async (configuration) => {
      const trial = await tryCall({ configuration, ...made });
      return keepTrial(workspace.id, askedOf(input, configuration), trial, author);
    });
    return { result: "sent", ids: await Promise.all(ids) };
  } finally {
    grant.giveBack();
  }
}

function askedOf({ target, type, payload }: TrialInput, { endpointId, url, format }: Configuration) {
  return {
    target,
    eventType: type,
    payload,
    endpointId: target === "url" ? null : endpointId,
    url: shownAddress(url, format),
  };
}

async function targetsOf(workspace: Workspace, input: TrialInput): Promise<Configuration[] | Refused> {
  if (input.target === "url") return toUrl(workspace, input);
  if (input.target === "subscribers") return toSubscribers(workspace, input);
  const id = parseId("ep", input.endpoint);
  const found = id ? await configurationsOf(workspace, [id]) : [];
  return found.length > 0 ? found : refused("endpoint", "This endpoint does not exist any more");
}

async function toUrl(workspace: Workspace, { url, secret }: TrialInput): Promise<Configuration[] | Refused> {
  const draft = await draftConfiguration(workspace, verifyInput.parse({ url }));
  if (!draft || "message" in draft) return refused("url", draft?.message ?? "This URL cannot be called");
  const own = secret ? { secrets: [{ key: signingKey(secret), expiresAt: null }] } : {};
  return [{ ...draft.configuration, ...own }];
}

/** Whom a real event of this type and data would go to, asked of the same routing; one without a customer. */
async function toSubscribers(workspace: Workspace, { type, payload }: TrialInput): Promise<Configuration[] | Refused> {
  forgetRouting(workspace.id);
  const routing = await routingOf(workspace.id);
  const judge = judgeOf({ data: Buffer.from(payload) });
  const wanting = (routing?.routesFor(type, undefined) ?? []).filter(({ filter }) => !filter || judge(filter).wanted);
  if (wanting.length === 0) return refused("target", `No endpoint would get this ${type} event`);
  if (wanting.length > MOST_AT_ONCE) {
    const count = `${wanting.length} endpoints would get it, and a trial goes to at most ${MOST_AT_ONCE}`;
    return refused("target", `${count}: choose one of them`);
  }
  return configurationsOf(
    workspace,
    wanting.map(({ id }) => id),
  );
}

/** Endpoints of this workspace that are there and can be read; a stranger's are not among them. */
async function configurationsOf(workspace: Workspace, ids: string[]): Promise<Configuration[]> {
  const found = await new Configurations(hotSql()).find(ids);
  return [...found.values()].flatMap(({ status, configuration }) =>
    configuration && status !== "deleted" && configuration.workspaceId === workspace.id ? [configuration] : [],
  );
}
