import { PROBLEM_STATUS, type Refusal, refusal } from "../api/problem.ts";
import { formatId } from "../ids.ts";
import { acceptRequest } from "../ingest/accept.ts";
import type { KeptRequest } from "../ingest/kept-request.ts";
import type { Acceptance } from "../ingest/new-event.ts";
import { isStorable } from "../storable-text.ts";
import { eventsOf } from "./events-of.ts";
import { type Judgement, judge } from "./judge.ts";
import type { OpenSource } from "./open-source.ts";
import { hasRoom, noteLeftOut } from "./quarantine-room.ts";
import { callOf, type Head, maskHead, seal } from "./sealed.ts";
import { freshSource } from "./source-cache.ts";
import type { SourceAnswer, Verdict } from "./states.ts";

/** An inbound call, before anybody has looked at it. */
export type Incoming = {
  id: string;
  method: string;
  head: Head;
  body: Buffer;
  address: string | null;
  /** Sent by a person to try the source out: from wherever, and its events are tests. */
  test?: true;
};

export type Reception =
  /** Committed; what the caller is answered, and what became of the call's events. */
  | { result: "stored"; source: OpenSource; verdict: Verdict; answer: SourceAnswer; acceptances: Acceptance[] }
  /** Kept in quarantine, as long as there is room. */
  | { result: "refused"; why: Refusal }
  /** Nothing is stored. */
  | { result: "failed"; why: Refusal }
  /** The source is not what it was a moment ago: gone, or no longer active. */
  | { result: "closed"; source: OpenSource | null };

/** How often a call is judged again because its source was changed in between. */
const MAX_ROUNDS = 10;
const MAX_TEXT_LENGTH = 255;
const MAX_ATTEMPT = 32_767;

const EMPTY: SourceAnswer = { status: 200, headers: [], body: "" };
const NOT_VERIFIED = refusal("not_verified", "This request could not be verified");
const WRONG_ADDRESS = refusal("address_not_allowed", "Requests from this address are not taken here");
const UNPARSABLE = refusal("malformed", "The body is not what it is said to be");
const CHANGING = refusal("source_changed", "The source keeps changing: send the request again");

/** Judges a call and stores it with its verdict and its events in one transaction. Resolves after the commit. */
export async function receive(source: OpenSource, incoming: Incoming): Promise<Reception> {
  let current = source;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const reception = await receiveBy(current, incoming);
    if (reception) return reception;
    const now = await freshSource(current.token);
    if (now?.status !== "active") return { result: "closed", source: now };
    current = now;
  }
  return { result: "failed", why: CHANGING };
}

/** Null: the source was changed since it was read. */
async function receiveBy(source: OpenSource, incoming: Incoming): Promise<Reception | null> {
  const call = callOf(incoming.id, incoming.method, incoming.head, incoming.body);
  const judgement = await judge(source, call, incoming.test ? undefined : incoming.address);
  const { verdict } = judgement;
  const isUnproven = verdict === "refused" || verdict === "handshake";
  if (isUnproven && !hasRoom(source.id, incoming.body.length)) {
    // Answered without a transaction that would notice: what was believed of the source is looked at by itself.
    const now = await freshSource(source.token);
    if (now?.version !== source.version || now.status !== "active") return null;
    noteLeftOut(source, formatId("req", incoming.id));
    return answered(source, judgement, []);
  }
  const events = eventsOf(source, judgement, call, incoming.id);
  const acceptances = await acceptRequest(
    keptRequest(source, incoming, judgement),
    incoming.test ? events.map((event) => ({ ...event, test: true })) : events,
  );
  const refused = acceptances.find((one) => one.result === "refused");
  if (refused?.code === "source_changed") return null;
  return refused ? { result: "failed", why: refused } : answered(source, judgement, acceptances);
}

function answered(source: OpenSource, judgement: Judgement, acceptances: Acceptance[]): Reception {
  const why = refusalOf(judgement);
  if (why) return { result: "refused", why };
  const isKnown = acceptances.length > 0 && acceptances.every(({ result }) => result === "duplicate");
  const verdict = isKnown ? "duplicate" : judgement.verdict;
  return { result: "stored", source, verdict, answer: answerOf(source, judgement), acceptances };
}

/** What the caller hears: never why its signature is wrong, which would help to make one. */
function refusalOf({ verdict, fault }: Judgement): Refusal | null {
  if (verdict === "unparsable") return UNPARSABLE;
  if (verdict !== "refused") return null;
  return fault?.code === "address" ? WRONG_ADDRESS : NOT_VERIFIED;
}

function answerOf(source: OpenSource, { answer }: Judgement): SourceAnswer {
  if (!answer) return source.answer ?? EMPTY;
  const { status, contentType, body = "" } = answer;
  return { status, headers: contentType ? [["content-type", contentType]] : [], body };
}

function keptRequest(
  source: OpenSource,
  { id, method, head, body, address }: Incoming,
  judged: Judgement,
): KeptRequest {
  const { verdict, fault, reading } = judged;
  const shown = maskHead(head, source.settings);
  const isQuarantined = verdict === "refused" || verdict === "unparsable";
  const why = refusalOf(judged);
  const contentType = head.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? null;
  return {
    id,
    workspaceId: source.workspaceId,
    sourceId: source.id,
    sourceVersion: source.version,
    method,
    path: shown.target,
    headers: shown.headers,
    sealed: isQuarantined ? seal(id, head) : null,
    body,
    contentType,
    verdict,
    fault,
    type: storedText(reading?.type),
    externalId: storedText(reading?.id),
    providerAttempt: attemptOf(reading?.attempt),
    remoteAddress: address,
    answerStatus: why ? PROBLEM_STATUS[why.code] : answerOf(source, judged).status,
  };
}

function attemptOf(given: number | undefined): number | null {
  return given !== undefined && Number.isInteger(given) ? Math.min(Math.max(given, 1), MAX_ATTEMPT) : null;
}

/** A stranger's words, as far as they can be kept and shown. */
export function storedText(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  const short = text.slice(0, MAX_TEXT_LENGTH);
  return isStorable(short) ? short : short.toWellFormed().replaceAll("\0", "\u2400");
}
