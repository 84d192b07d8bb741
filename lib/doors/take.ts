import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { PROBLEM_STATUS, type Refusal, refusal } from "../api/problem.ts";
import type { KeyCall } from "../api-keys/authenticate.ts";
import { formatId } from "../ids.ts";
import { type Acceptance, accept, acceptBatch } from "../ingest/accept.ts";
import { parseBinary, parseStructured } from "../ingest/cloud-events.ts";
import { parseCloudBatch, parseJsonBatch, parseLines } from "../ingest/posted-batch.ts";
import { type Parsed, type PostedEvent, parsePostedEvent } from "../ingest/posted-event.ts";
import { type BodyKind, idempotencyKey, isPartial } from "./request-rules.ts";

export type StoredAnswer = {
  status: number;
  headers?: OutgoingHttpHeaders;
  body: Record<string, unknown>;
  /** The event that was stored now, with its deliveries, or earlier. */
  stored: { eventId: string; deliveryIds?: string[] };
};
export type DoorAnswer = Omit<StoredAnswer, "stored"> | { refusal: Refusal; extra?: Record<string, unknown> };
export type DoorCall = { request: IncomingMessage; body: Buffer; kind: BodyKind; caller: KeyCall };

const WAIT_FOR_LATER = refusal(
  "invalid_parameter",
  "An event with deliverAt has no outcome to wait for yet: leave Prefer: wait out, or deliverAt",
  [{ path: "Prefer", message: "wait is not taken together with deliverAt" }],
);

/** One event; `wait`: whether the caller wants its outcomes. */
export async function takeEvent(
  { request, body, kind, caller }: DoorCall,
  wait: boolean,
): Promise<StoredAnswer | { refusal: Refusal }> {
  const header = idempotencyKey(request.headers);
  if (!header.ok) return header;
  if (header.key !== undefined && kind !== "json") return { refusal: KEY_FOR_CLOUD_EVENT };
  const parsed = parseOne(kind, body, request.headers);
  if (!parsed.ok) return parsed;
  const { value: event } = parsed;
  if (header.key !== undefined && event.idempotencyKey !== undefined && header.key !== event.idempotencyKey) {
    const detail = "The Idempotency-Key header and the event's id differ: send one of them, or the same in both";
    return {
      refusal: refusal("idempotency_key_conflict", detail, [{ path: "id", message: "differs from the header" }]),
    };
  }
  if (wait && event.deliverAt && event.deliverAt.getTime() > Date.now()) return { refusal: WAIT_FOR_LATER };
  event.idempotencyKey ??= header.key;
  const answer = await accept({ ...event, workspaceId: caller.workspaceId }, { keyId: caller.keyId });
  if (answer.result === "refused") return { refusal: answer };
  return { status: statusOf(answer), body: bodyOf(answer, event.type), stored: answer };
}

const KEY_FOR_CLOUD_EVENT = refusal(
  "invalid_parameter",
  "A CloudEvent is known by its source and id: leave the Idempotency-Key header out",
  [{ path: "Idempotency-Key", message: "is not taken with a CloudEvent" }],
);

function parseOne(kind: BodyKind, body: Buffer, headers: IncomingHttpHeaders): Parsed<PostedEvent> {
  if (kind === "json") return parsePostedEvent(body);
  return kind === "binary" ? parseBinary(headers, body) : parseStructured(body);
}

const PARSE_BATCH: Partial<Record<BodyKind, typeof parseLines>> = { lines: parseLines, cloudevents: parseCloudBatch };

const KEY_FOR_BATCH = refusal(
  "invalid_parameter",
  "A batch takes no Idempotency-Key header: give each event its own id",
  [{ path: "Idempotency-Key", message: "is not taken by a batch" }],
);

/** A batch: all or none, or with `?partial=true` those that are fine. */
export async function takeBatch({ request, body, kind, caller }: DoorCall): Promise<DoorAnswer> {
  if (request.headers["idempotency-key"] !== undefined) return { refusal: KEY_FOR_BATCH };
  const partial = isPartial(request.url ?? "");
  if (typeof partial !== "boolean") return { refusal: partial };
  const batch = (PARSE_BATCH[kind] ?? parseJsonBatch)(body);
  if (!batch.ok) return batch;
  const invalid = batch.value.some((item) => !item.ok);
  if (invalid && !partial) return refusedBatch(batch.value.map(unstored), batch.value);
  const events = batch.value.flatMap((item) => (item.ok ? [{ ...item.value, workspaceId: caller.workspaceId }] : []));
  const stored = events.length > 0 ? await acceptBatch(events, { keyId: caller.keyId, atomic: !partial }) : [];
  const answers = batch.value.map((item) => (item.ok ? (stored.shift() ?? NO_ANSWER) : unstored(item)));
  const outage = answers.find(isOutage);
  if (outage) return { refusal: outage };
  if (!partial && answers.some(({ result }) => result === "refused")) return refusedBatch(answers, batch.value);
  return batchAnswer(answers, batch.value);
}

const NO_ANSWER: Acceptance = { result: "refused", code: "internal", detail: "This event got no answer" };

function unstored(item: Parsed<PostedEvent>): Acceptance {
  if (!item.ok) return { result: "refused", ...item.refusal };
  const detail = "Not stored, because another event of the batch was refused: correct that one, or send ?partial=true";
  return { result: "refused", code: "batch_refused", detail };
}

/** A refusal that is about the call as a whole, not about one of its events. */
function isOutage(answer: Acceptance): answer is Extract<Acceptance, { result: "refused" }> {
  return answer.result === "refused" && (PROBLEM_STATUS[answer.code] >= 500 || PROBLEM_STATUS[answer.code] === 401);
}

function batchAnswer(answers: Acceptance[], items: Parsed<PostedEvent>[]): DoorAnswer {
  const count = (result: Acceptance["result"]) => answers.filter((answer) => answer.result === result).length;
  const counts = { accepted: count("accepted"), duplicates: count("duplicate"), refused: count("refused") };
  // 207 says: read on, not all of them are alike.
  const status = counts.refused > 0 ? 207 : counts.accepted > 0 ? 202 : 200;
  return { status, body: { ...counts, data: itemAnswers(answers, items) } };
}

const MAX_ERRORS = 100;

function refusedBatch(answers: Acceptance[], items: Parsed<PostedEvent>[]): DoorAnswer {
  const guilty = answers.flatMap((answer, index) =>
    answer.result === "refused" && answer.code !== "batch_refused" ? [{ answer, index }] : [],
  );
  const errors = guilty
    .slice(0, MAX_ERRORS)
    .map(({ answer, index }) => ({ path: `[${index}]`, message: answer.detail }));
  const detail = `Nothing was stored: ${guilty.length} of ${answers.length} events were refused, the first because ${errors[0]?.message ?? "of its form"}`;
  return { refusal: refusal("batch_refused", detail, errors), extra: { data: itemAnswers(answers, items) } };
}

function itemAnswers(answers: Acceptance[], items: Parsed<PostedEvent>[]) {
  return answers.map((answer, index) => {
    const item = items[index];
    return { status: statusOf(answer), ...bodyOf(answer, item?.ok ? item.value.type : undefined) };
  });
}

function statusOf(answer: Acceptance): number {
  if (answer.result === "refused") return PROBLEM_STATUS[answer.code];
  return answer.result === "accepted" ? 202 : 200;
}

function bodyOf(answer: Acceptance, type: string | undefined) {
  if (answer.result === "refused") return { type, code: answer.code, detail: answer.detail, errors: answer.errors };
  const id = formatId("evt", answer.eventId);
  if (answer.result === "duplicate") return { id, type, duplicate: true };
  return { id, type, deliveries: answer.deliveryIds.length, duplicate: false };
}
