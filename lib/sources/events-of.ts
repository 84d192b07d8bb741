import { hash } from "node:crypto";
import { EVENT_TYPE_NAME } from "../event-types/name.ts";
import type { NewEvent } from "../ingest/new-event.ts";
import type { Call } from "../providers/call.ts";
import type { Reading } from "../providers/reading.ts";
import { isStorable } from "../storable-text.ts";
import type { Judgement, Part } from "./judge.ts";
import type { OpenSource } from "./open-source.ts";

const MAX_TYPE_LENGTH = 128;
const MAX_KEY_LENGTH = 255;
/** The type of an event whose call says none, at a source without a prefix. */
const UNNAMED = "request";

/** The events that a believed call becomes. */
export function eventsOf(source: OpenSource, { parts }: Judgement, call: Call, requestId: string): NewEvent[] {
  const forwarded = source.forwardHeaders.flatMap((name): [string, string][] => {
    const value = call.headers.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  return parts.map((part) => ({
    workspaceId: source.workspaceId,
    type: typeOf(source, part.reading),
    data: part.body,
    contentType: part.contentType,
    origin: { sourceId: source.id, requestId, dedupeKey: dedupeKeyOf(part), forwarded },
  }));
}

function typeOf({ typePrefix, typeMap }: OpenSource, { type }: Reading): string {
  const mapped = typeMap.find(([theirs]) => theirs === type)?.[1];
  if (mapped && EVENT_TYPE_NAME.test(mapped)) return mapped;
  const dotted = (type ?? "").replaceAll(/[/:\s]+/g, ".").replaceAll(/[^A-Za-z0-9_.-]/g, "_");
  const name = [typePrefix, dotted].filter((part) => part !== "").join(".");
  return name.slice(0, MAX_TYPE_LENGTH) || UNNAMED;
}

/** What is the same when it is sent again; null = that cannot be told. */
function dedupeKeyOf({ reading: { id, weak }, body }: Part): string | null {
  if (id === null) return null;
  const key = weak ? `${id} ${hash("sha256", body, "hex")}` : id;
  return key.length <= MAX_KEY_LENGTH && isStorable(key) ? key : hash("sha256", key, "hex");
}
