import { isUtf8 } from "node:buffer";
import { refusal } from "../api/problem.ts";
import { readStructured } from "./cloud-events.ts";
import { elementsOf } from "./json-scanner.ts";
import { MAX_BATCH_EVENTS, MAX_EVENT_BYTES } from "./limits.ts";
import { bad, type Parsed, type PostedEvent, parseJsonBytes, parsePostedEvent, readEnvelope } from "./posted-event.ts";

/** One answer for each event of a batch: the event, or why it cannot be one. */
export type PostedBatch = Parsed<PostedEvent>[];

const EMPTY = refusal("malformed", "The batch is empty: post 1 to 1,000 events");
const TOO_MANY = refusal("too_large", `A batch may hold at most ${MAX_BATCH_EVENTS.toLocaleString("en")} events`);
const EVENT_TOO_LARGE = refusal("too_large", "An event may have at most 1 MiB");

type ReadOne = (bytes: Buffer, value: unknown, at: string) => Parsed<PostedEvent>;

/** Reads a JSON array of events. Each is cut out of the bytes by position. */
export function parseJsonBatch(body: Buffer, readOne: ReadOne = readEnvelope): Parsed<PostedBatch> {
  const parsed = parseJsonBytes(body);
  if (!parsed.ok) return parsed;
  const values = parsed.value;
  if (!Array.isArray(values)) return bad(refusal("malformed", "A batch is a JSON array of events, or NDJSON"));
  const wrongCount = countProblem(values.length);
  if (wrongCount) return bad(wrongCount);
  const ranges = elementsOf(body);
  const batch = ranges.map(({ start, end }, index) => {
    if (end - start > MAX_EVENT_BYTES) return bad<PostedEvent>(EVENT_TOO_LARGE);
    return readOne(body.subarray(start, end), values[index], `[${index}]`);
  });
  return { ok: true, value: batch };
}

/** Reads CloudEvents in their batch format. */
export function parseCloudBatch(body: Buffer): Parsed<PostedBatch> {
  return parseJsonBatch(body, readStructured);
}

const LINE_FEED = 0x0a;

/** Reads one event a line. Blank lines are skipped; a line that is no event spoils no other. */
export function parseLines(body: Buffer): Parsed<PostedBatch> {
  const lines: Buffer[] = [];
  for (let start = 0; start < body.length; ) {
    const found = body.indexOf(LINE_FEED, start);
    const end = found < 0 ? body.length : found;
    const line = body.subarray(start, end);
    if (!isBlank(line)) lines.push(line);
    // No use in reading on: it is refused as a whole.
    if (lines.length > MAX_BATCH_EVENTS) break;
    start = end + 1;
  }
  const wrongCount = countProblem(lines.length);
  if (wrongCount) return bad(wrongCount);
  if (!isUtf8(body)) return bad(refusal("invalid_json", "The body is not valid UTF-8"));
  return { ok: true, value: lines.map(parseLine) };
}

function parseLine(line: Buffer, index: number): Parsed<PostedEvent> {
  if (line.length > MAX_EVENT_BYTES) return bad(EVENT_TOO_LARGE);
  const parsed = parsePostedEvent(line);
  if (parsed.ok || !parsed.refusal.errors) return parsed;
  const errors = parsed.refusal.errors.map(({ path, message }) => ({ path: `[${index}].${path}`, message }));
  return bad({ ...parsed.refusal, errors });
}

function countProblem(count: number) {
  if (count === 0) return EMPTY;
  return count > MAX_BATCH_EVENTS ? TOO_MANY : null;
}

function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte <= 0x20);
}
