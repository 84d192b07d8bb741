import { formatId } from "../ids.ts";
import type { EventFilter } from "../reports/event-filter.ts";
import { listEvents } from "../reports/events.ts";
import { MAX_PAGE_LIMIT } from "../reports/page.ts";
import { pagesOf } from "./pages.ts";
import type { ExportRow } from "./write.ts";

/** The columns of the CSV, named as the API names them. */
export const EVENT_COLUMNS = [
  "id",
  "type",
  "customer",
  "idempotencyKey",
  "orderingKey",
  "timestamp",
  "acceptedAt",
  "deliverAt",
  "schemaWarning",
  "bytes",
  "test",
] as const;

/** Events in the order of the list, page by page; whole ones with what became of their deliveries, without payloads. */
export async function* exportEvents(workspaceId: string, filter: EventFilter): AsyncGenerator<ExportRow[]> {
  const pages = pagesOf((before) => listEvents(workspaceId, filter, { before, limit: MAX_PAGE_LIMIT }));
  for await (const page of pages) {
    yield page.rows.map(({ id, occurredAt, acceptedAt, deliverAt, fanout, ...row }) => {
      const cells = {
        ...row,
        id: formatId("evt", id),
        timestamp: occurredAt.toISOString(),
        acceptedAt: acceptedAt.toISOString(),
        deliverAt: deliverAt?.toISOString() ?? null,
      };
      return { cells, whole: { ...cells, deliveries: fanout } };
    });
  }
}
