import { and, desc, eq, gte, lt, lte, sql } from "drizzle-orm";
import { event } from "../../drizzle/schema/traffic.ts";
import { readableText } from "../bodies/readable.ts";
import { firstIdAt } from "../ids.ts";
import { DAY_MS } from "../partitions/days.ts";
import { writeToken } from "../search/tokens.ts";
import { type Reader, withinTime } from "./within-time.ts";

/** Paths are taken from the newest payloads that are small enough to look through at once. */
const PAYLOADS = 20;
const MOST_BYTES = 16_384;
const MOST_DEPTH = 6;
const MOST_PATHS = 200;
const MOST = 8;
/** Somebody is typing, and a type may be rare. */
const TIMEOUT_MS = 400;

type Looked = { from?: Date | null; eventType?: string | null };

/** `body.…` paths that recent payloads have, with a value that one of them has there. */
export async function suggestBodyPaths(workspaceId: string, typed: string, { from, eventType }: Looked) {
  const rows = await withinTime(TIMEOUT_MS, (reader) => recentPayloads(reader, workspaceId, { from, eventType }));
  const paths = new Map<string, string>();
  for (const row of rows ?? []) collect(fieldsOf(row), "", paths, 0);
  const begun = [...paths].filter(([path]) => path.toLowerCase().startsWith(typed.toLowerCase()));
  return begun.slice(0, MOST).map(([path, example]) => ({ text: `body.${path}:`, note: example }));
}

function recentPayloads(reader: Reader, workspaceId: string, { from, eventType }: Looked) {
  return reader
    .select({ payload: event.payload, contentType: event.contentType })
    .from(event)
    .where(
      and(
        eq(event.workspaceId, workspaceId),
        gte(event.id, firstIdAt(from ?? Date.now() - DAY_MS)),
        lt(event.id, firstIdAt(Date.now() + DAY_MS)),
        lte(sql`octet_length(${event.payload})`, MOST_BYTES),
        eventType && !eventType.endsWith("*") ? eq(event.type, eventType) : undefined,
      ),
    )
    .orderBy(desc(event.id))
    .limit(PAYLOADS);
}

/** Names that the search box takes without quotes. */
const NAME = /^[\w-]+$/;

function collect(value: unknown, path: string, paths: Map<string, string>, depth: number): void {
  if (depth > MOST_DEPTH || paths.size >= MOST_PATHS) return;
  if (Array.isArray(value)) collect(value[0], path, paths, depth + 1);
  else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      if (NAME.test(name)) collect(inner, path ? `${path}.${name}` : name, paths, depth + 1);
    }
  } else if (path && value !== undefined && !paths.has(path)) {
    paths.set(path, writeToken({ field: null, value: String(value).slice(0, 40) }));
  }
}

function fieldsOf({ payload, contentType }: { payload: Buffer; contentType: string }): unknown {
  try {
    return JSON.parse(readableText(payload, contentType) ?? "null");
  } catch {
    // What says that it is JSON and is not has no paths.
    return null;
  }
}
