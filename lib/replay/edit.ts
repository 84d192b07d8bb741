import type { Author } from "../audit/record.ts";
import { recordAuditIn } from "../audit/record-in.ts";
import { fieldsText } from "../bodies/readable.ts";
import { hotSql, type SqlTransaction } from "../db.ts";
import type { Enforcement } from "../event-types/enforcement.ts";
import { isJson } from "../formats/content-type.ts";
import { formatId, newId } from "../ids.ts";
import { parseJsonBytes } from "../ingest/posted-event.ts";
import { enforceSchema } from "../ingest/schema-enforcement.ts";
import { withoutProof } from "../sources/vouched.ts";
import { deliverAgain, listTargets, type StoredEvent } from "./replay.ts";

export type EditResult =
  | { result: "replayed"; eventId: string; deliveryIds: string[] }
  | { result: "not_found" }
  | { result: "no_endpoint" }
  /** The data cannot be that: no JSON, or against a schema that blocks. */
  | { result: "refused"; problems: string[] };

type Original = StoredEvent & {
  contentType: string;
  occurredAt: Date;
  tags: Record<string, string> | null;
  sourceId: string | null;
  requestId: string | null;
  forwarded: [string, string][] | null;
};

/**
 * A new event with other data and everything else as it was, marked as edited from the first, and its deliveries: to one
 * endpoint, or to all that would get such an event today. The first one stays as it is.
 */
export async function replayEdited(
  workspaceId: string,
  eventId: string,
  { data, endpointId }: { data: Buffer; endpointId?: string },
  author: Author,
): Promise<EditResult> {
  return hotSql()
    .begin(async (tx): Promise<EditResult> => {
      const original = await find(tx, workspaceId, eventId);
      if (!original) return { result: "not_found" };
      const checked = await check(tx, workspaceId, original, data);
      if ("problems" in checked) return { result: "refused", ...checked };
      const event = { ...original, id: newId() };
      await insert(tx, workspaceId, original, { id: event.id, data, warning: checked.warning });
      const targets = await listTargets(tx, workspaceId, event, endpointId);
      // Rolled back with the event: one that goes nowhere would only confuse.
      if (targets.length === 0) throw new Nowhere();
      const deliveryIds = await deliverAgain(tx, workspaceId, event, targets, author);
      await recordAuditIn(tx, workspaceId, author, {
        action: "event.edited",
        target: formatId("evt", eventId),
        targetName: original.type,
        detail: { event: formatId("evt", event.id), endpoints: targets.map(({ id }) => formatId("ep", id)) },
      });
      return { result: "replayed", eventId: event.id, deliveryIds };
    })
    .catch((error) => {
      if (error instanceof Nowhere) return { result: "no_endpoint" };
      throw error;
    });
}

class Nowhere extends Error {}

async function find(tx: SqlTransaction, workspaceId: string, eventId: string): Promise<Original | undefined> {
  const [found] = await tx<Original[]>`
    select id, type, customer, ordering_key as "orderingKey", test, content_type as "contentType",
      occurred_at as "occurredAt", tags, source_id as "sourceId", request_id as "requestId", forwarded
    from event where workspace_id = ${workspaceId} and id = ${eventId}`;
  return found;
}

type Checked = { warning: string | null } | { problems: string[] };

async function check(tx: SqlTransaction, workspaceId: string, original: Original, data: Buffer): Promise<Checked> {
  const { type, contentType } = original;
  if (isJson(contentType)) {
    const parsed = parseJsonBytes(data);
    if (!parsed.ok) return { problems: [parsed.refusal.detail.replace(/^The body/, "The data")] };
  }
  const [rule] = await tx<{ enforcement: Enforcement; version: number; schema: string | null }[]>`
    select t.enforcement, t.version, v.schema
    from event_type t
    left join event_type_version v on v.workspace_id = t.workspace_id and v.name = t.name and v.number = t.version
    where t.workspace_id = ${workspaceId} and t.name = ${type}`;
  if (!rule) return { warning: null };
  const verdict = enforceSchema({ workspaceId, type, data, contentType }, { ...rule, archived: false });
  if (!verdict.refusal) return { warning: verdict.warning };
  const errors = verdict.refusal.errors?.map(({ path, message }) => `${path} ${message}`) ?? [];
  return { problems: [`The data does not match the schema of ${type}, which blocks events:`, ...errors] };
}

async function insert(
  tx: SqlTransaction,
  workspaceId: string,
  original: Original,
  { id, data, warning }: { id: string; data: Buffer; warning: string | null },
): Promise<void> {
  const { id: editedFrom, type, customer, contentType, occurredAt, tags, orderingKey, test } = original;
  const { sourceId, requestId, forwarded } = original;
  await tx`
    insert into event (id, workspace_id, type, customer, payload, content_type, occurred_at, tags, ordering_key,
      schema_warning, test, edited_from, readable, source_id, request_id, forwarded)
    values (${id}, ${workspaceId}, ${type}, ${customer}, ${data}, ${contentType}, ${occurredAt},
      ${tags ? JSON.stringify(tags) : null}::text::json, ${orderingKey}, ${warning}, ${test}, ${editedFrom},
      ${fieldsText(data, contentType)}, ${sourceId}, ${requestId},
      ${forwarded ? JSON.stringify(withoutProof(forwarded)) : null}::text::json)`;
}
