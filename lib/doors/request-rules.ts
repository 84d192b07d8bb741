import type { IncomingHttpHeaders } from "node:http";
import { type Refusal, refusal } from "../api/problem.ts";
import { MAX_KEY_LENGTH } from "../ingest/limits.ts";

/** `cloudevent` and `cloudevents` are JSON, of one and of several; `binary` has its attributes in headers. */
export type BodyKind = "json" | "lines" | "cloudevent" | "cloudevents" | "binary";

const LINES = new Set(["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"]);

const CLOUD_TYPES: Record<string, BodyKind> = {
  "application/cloudevents+json": "cloudevent",
  "application/cloudevents-batch+json": "cloudevents",
};
const CLOUD_FORMAT = refusal(
  "unsupported_media_type",
  "Of CloudEvents, JSON is taken: application/cloudevents+json, application/cloudevents-batch+json, or ce- headers",
);
const ONE_CLOUD_EVENT = refusal(
  "unsupported_media_type",
  "This path takes batches: post single CloudEvents to /api/v1/events, several as application/cloudevents-batch+json",
);
const ENCODED = refusal("unsupported_media_type", "Compressed bodies are not supported: post plain JSON");

/** What the headers say the body is, or why it is refused before it is read. */
export function bodyKind(headers: IncomingHttpHeaders, batch: boolean): BodyKind | Refusal {
  const [type = "", ...parameters] = (headers["content-type"] ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") return ENCODED;
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice("charset=".length);
  const utf8 = charset === undefined || /^"?(utf-?8|us-ascii)"?$/.test(charset);
  const cloud = cloudKind(type, headers, batch);
  if (cloud && (utf8 || cloud === "binary" || typeof cloud !== "string")) return cloud;
  if (utf8 && type === "application/json") return "json";
  if (utf8 && batch && LINES.has(type)) return "lines";
  const wanted = batch ? "application/json or application/x-ndjson" : "application/json";
  return refusal("unsupported_media_type", `Send the header Content-Type: ${wanted} (UTF-8)`);
}

/** What kind of CloudEvent it is; null = none. A type of theirs goes before `ce-` headers, as their HTTP binding says. */
function cloudKind(type: string, headers: IncomingHttpHeaders, batch: boolean): BodyKind | Refusal | null {
  if (type.startsWith("application/cloudevents")) {
    const kind = CLOUD_TYPES[type];
    return kind === "cloudevent" && batch ? ONE_CLOUD_EVENT : (kind ?? CLOUD_FORMAT);
  }
  if (headers["ce-specversion"] === undefined) return null;
  return batch ? ONE_CLOUD_EVENT : "binary";
}

const PRINTABLE = /^[\x20-\x7e]+$/;
/** A structured field string, as the IETF draft writes the header: `"order-981"` means order-981. */
const QUOTED = /^"((?:[^"\\]|\\["\\])*)"$/;

/** The key of the Idempotency-Key header; undefined when there is none. */
export function idempotencyKey(
  headers: IncomingHttpHeaders,
): { ok: true; key?: string } | { ok: false; refusal: Refusal } {
  const given = headers["idempotency-key"];
  if (given === undefined) return { ok: true };
  const text = String(given).trim();
  const key = QUOTED.exec(text)?.[1]?.replace(/\\(["\\])/g, "$1") ?? text;
  if (key.length <= MAX_KEY_LENGTH && PRINTABLE.test(key)) return { ok: true, key };
  const detail = `Idempotency-Key must be 1 to ${MAX_KEY_LENGTH} printable ASCII characters`;
  return {
    ok: false,
    refusal: refusal("invalid_parameter", detail, [{ path: "Idempotency-Key", message: "is not valid" }]),
  };
}

/** `?partial=true`: store what is fine of a batch. */
export function isPartial(url: string): boolean | Refusal {
  const values = new URLSearchParams(url.split("?")[1] ?? "").getAll("partial");
  if (values.length === 0) return false;
  if (values.length === 1 && (values[0] === "true" || values[0] === "false")) return values[0] === "true";
  return refusal("invalid_parameter", "partial must be true or false", [
    { path: "partial", message: "must be true or false" },
  ]);
}
