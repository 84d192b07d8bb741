import type { SqlTransaction } from "../db.ts";
import type { RequestFault, Verdict } from "../sources/states.ts";
import type { Acceptance, NewEvent } from "./new-event.ts";

/** An inbound call as it will be kept. */
export type KeptRequest = {
  id: string;
  workspaceId: string;
  sourceId: string;
  /** The source's version that it was judged by. */
  sourceVersion: number;
  method: string;
  /** Path and query with the token and secrets masked. */
  path: string;
  /** As received, credentials masked. */
  headers: [string, string][];
  /** Encrypted: what is masked, when it is needed again. */
  sealed: Buffer | null;
  body: Buffer;
  contentType: string | null;
  /** `accepted` becomes `duplicate` when nothing in it is new. */
  verdict: Verdict;
  fault: RequestFault | null;
  type: string | null;
  externalId: string | null;
  providerAttempt: number | null;
  remoteAddress: string | null;
  answerStatus: number;
};

export type StoredRequest = Omit<KeptRequest, "body" | "sourceVersion"> & {
  /** Null when its one event has the same bytes. */
  body: Buffer | null;
  bodyBytes: number;
  eventIds: string[];
  duplicateOf: string | null;
};

/** The row of a call whose events were answered like this. */
export function whatBecameOf(request: KeptRequest, events: NewEvent[], answers: Acceptance[]): StoredRequest {
  const eventIds = answers.flatMap((answer) => (answer.result === "accepted" ? answer.eventId : []));
  const known = answers.find((answer) => answer.result === "duplicate");
  const [event] = events;
  const isPayload = eventIds.length === 1 && events.length === 1 && event?.data.equals(request.body);
  return {
    ...request,
    verdict: known && eventIds.length === 0 ? "duplicate" : request.verdict,
    body: isPayload ? null : request.body,
    bodyBytes: request.body.length,
    eventIds,
    duplicateOf: known?.eventId ?? null,
  };
}

/** Bodies travel as one run of bytes that the statement cuts up, like payloads. */
export async function insertRequests(tx: SqlTransaction, rows: StoredRequest[]): Promise<void> {
  if (rows.length === 0) return;
  const column = <T>(read: (row: StoredRequest) => T) => rows.map(read);
  let offset = 1;
  const offsets = rows.map(({ body }) => {
    const start = offset;
    offset += body?.length ?? 0;
    return body && start;
  });
  await tx`
    insert into request (id, workspace_id, source_id, method, path, headers, sealed, body, body_bytes, content_type,
      verdict, fault, type, external_id, provider_attempt, event_ids, duplicate_of, remote_address, answer_status)
    select id, workspace_id, source_id, method, path, headers, decode(sealed, 'base64'),
      substring(${Buffer.concat(rows.flatMap(({ body }) => body ?? []))}::bytea from start for length), length,
      content_type, verdict, fault, type, external_id, provider_attempt, string_to_array(event_ids, ',')::uuid[],
      duplicate_of, remote_address, answer_status
    from unnest(
      ${column((row) => row.id)}::uuid[],
      ${column((row) => row.workspaceId)}::uuid[],
      ${column((row) => row.sourceId)}::uuid[],
      ${column((row) => row.method)}::text[],
      ${column((row) => row.path)}::text[],
      ${column((row) => JSON.stringify(row.headers))}::text[]::json[],
      ${column((row) => row.sealed?.toString("base64") ?? null)}::text[],
      ${offsets}::int[],
      ${column((row) => row.bodyBytes)}::int[],
      ${column((row) => row.contentType)}::text[],
      ${column((row) => row.verdict)}::text[],
      ${column((row) => row.fault && JSON.stringify(row.fault))}::text[]::json[],
      ${column((row) => row.type)}::text[],
      ${column((row) => row.externalId)}::text[],
      ${column((row) => row.providerAttempt)}::smallint[],
      ${column((row) => row.eventIds.join(","))}::text[],
      ${column((row) => row.duplicateOf)}::uuid[],
      ${column((row) => row.remoteAddress)}::text[],
      ${column((row) => row.answerStatus)}::smallint[]
    ) as r (id, workspace_id, source_id, method, path, headers, sealed, start, length, content_type, verdict, fault,
      type, external_id, provider_attempt, event_ids, duplicate_of, remote_address, answer_status)`.execute();
}
