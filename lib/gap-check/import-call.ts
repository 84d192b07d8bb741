import { newId } from "../ids.ts";
import { acceptRequest } from "../ingest/accept.ts";
import type { KeptRequest } from "../ingest/kept-request.ts";
import type { Acceptance } from "../ingest/new-event.ts";
import type { Call } from "../providers/call.ts";
import { eventsOf } from "../sources/events-of.ts";
import { believe, type Judgement } from "../sources/judge.ts";
import { type OpenSource, openSource } from "../sources/open-source.ts";
import { ApiProblem } from "./ask-api.ts";
import type { Imported } from "./provider-api.ts";

/** How often a source may change while one call of it is imported. */
const TRIES = 3;
const JSON_TYPE = "application/json; charset=utf-8";

/**
 * Takes in what a provider's API gave, as if it had been posted: kept as a request, of which its path tells that it was
 * fetched, and made an event in the same transaction. What has arrived in the meantime becomes none.
 * @throws ApiProblem when it cannot be taken in
 */
export async function importCall(sourceId: string, host: string, fetched: Imported): Promise<"imported" | "arrived"> {
  for (let tries = 1; ; tries++) {
    const source = await openSource(sourceId);
    if (!source) throw new ApiProblem("The source was deleted");
    if (source.status !== "active") throw new ApiProblem(`The source is ${source.status}: make it active first`);
    const answer = await commit(source, host, fetched);
    if (answer.result === "accepted") return "imported";
    if (answer.result === "duplicate") return "arrived";
    if (answer.code !== "source_changed" || tries === TRIES) throw new ApiProblem(answer.detail);
  }
}

async function commit(source: OpenSource, host: string, fetched: Imported): Promise<Acceptance> {
  const id = newId();
  const call = callOf(host, fetched);
  const judgement: Judgement = { ...believe(source, call), proven: "api" };
  if (judgement.verdict !== "accepted") throw new ApiProblem("What the API gave is not what this provider posts");
  const events = eventsOf(source, judgement, call, id);
  const [answer] = await acceptRequest(requestOf(source, id, host, fetched, judgement), events);
  if (!answer) throw new Error("An imported call got no answer");
  return answer;
}

function callOf(host: string, { path, body }: Imported): Call {
  const headers = new Map([["content-type", JSON_TYPE]]);
  return { method: "GET", url: `https://${host}${path}`, headers, body, receivedAt: new Date() };
}

/** No call of the door's has such a path: whoever looks at it sees that nobody posted it. */
function requestOf(source: OpenSource, id: string, host: string, { path, body }: Imported, judgement: Judgement) {
  return {
    id,
    workspaceId: source.workspaceId,
    sourceId: source.id,
    sourceVersion: source.version,
    method: "GET",
    path,
    headers: [
      ["host", host],
      ["content-type", JSON_TYPE],
    ],
    sealed: null,
    body,
    contentType: JSON_TYPE,
    verdict: judgement.verdict,
    fault: null,
    type: judgement.reading?.type ?? null,
    externalId: judgement.reading?.id ?? null,
    providerAttempt: null,
    remoteAddress: null,
    answerStatus: 200,
  } satisfies KeptRequest;
}
