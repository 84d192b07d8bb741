import { hash } from "node:crypto";
import { EVENT_TYPE_NAME } from "../event-types/name.ts";
import type { NewEvent } from "../ingest/new-event.ts";
import type { Call } from "../providers/call.ts";
import type { ProviderName } from "../providers/names.ts";
import type { Reading } from "../providers/reading.ts";
import { isStorable } from "../storable-text.ts";
import { customerOf } from "./customer-of.ts";
import { forwardedHeaders } from "./forwarded-headers.ts";
import type { Judgement, Part } from "./judge.ts";
import type { OpenSource } from "./open-source.ts";
import { queryWithoutCredentials } from "./sealed.ts";
import { provenBy, vouchedHeader } from "./vouched.ts";

const MAX_TYPE_LENGTH = 128;
const MAX_KEY_LENGTH = 255;
/** The type of an event whose call says none, at a source without a prefix. */
const UNNAMED = "request";
const FORM = "application/x-www-form-urlencoded";
/** They number nothing that they send: the same body is the same delivery. */
const WITHOUT_IDS: readonly ProviderName[] = ["mailchimp", "mandrill", "wordpress", "zapier", "papertrail"];

/** The events that a believed call becomes. */
export function eventsOf(source: OpenSource, judgement: Judgement, call: Call, requestId: string): NewEvent[] {
  const { id: sourceId, provider, workspaceId } = source;
  const verified = judgement.proven ?? provenBy(provider);
  const forwarded = [...forwardedHeaders(source, call), vouchedHeader({ provider, sourceId, requestId, verified })];
  return judgement.parts.map((given) => {
    const part = given.body.length === 0 ? partOfQuery(given, call) : given;
    return {
      workspaceId,
      type: typeOf(source, part.reading),
      data: part.body,
      contentType: part.contentType,
      customer: customerOf(source, part, call),
      origin: { sourceId, requestId, dedupeKey: dedupeKeyOf(provider, part), forwarded },
    };
  });
}

/** What is posted by GET says everything in its query. */
function partOfQuery(part: Part, { url, method }: Call): Part {
  const query = method === "GET" ? queryWithoutCredentials(url) : "";
  return query === "" ? part : { ...part, body: Buffer.from(query), contentType: FORM };
}

/** `orders/create` at Shopify's source: `shopify.orders.create`, unless the source has a name of its own for it. */
export function typeOf({ typePrefix, typeMap }: Pick<OpenSource, "typePrefix" | "typeMap">, { type }: Reading): string {
  const name = dotted(type ?? "");
  const mapped = typeMap.find(([theirs]) => theirs === type || dotted(theirs) === name)?.[1];
  if (name !== "" && mapped !== undefined && EVENT_TYPE_NAME.test(mapped)) return mapped;
  const whole = [dotted(typePrefix), name].filter((part) => part !== "").join(".");
  return whole.slice(0, MAX_TYPE_LENGTH).replace(/\.$/, "") || UNNAMED;
}

/** Letters, digits, `_`, `-`, and single dots between them. */
function dotted(type: string): string {
  return type
    .slice(0, 2 * MAX_TYPE_LENGTH)
    .replaceAll(/[/:]/g, ".")
    .replaceAll(/[^A-Za-z0-9_.-]+/g, "_")
    .replaceAll(/\.{2,}/g, ".")
    .replaceAll(/^\.|\.$/g, "");
}

/** What is the same when it is sent again; null = that cannot be told. */
export function dedupeKeyOf(provider: ProviderName, { reading: { id, weak }, body }: Part): string | null {
  if (id === null) return WITHOUT_IDS.includes(provider) ? `body ${hash("sha256", body, "hex")}` : null;
  const key = weak ? `${id} ${hash("sha256", body, "hex")}` : id;
  return key.length <= MAX_KEY_LENGTH && isStorable(key) ? key : hash("sha256", key, "hex");
}
