import { and, asc, between, inArray } from "drizzle-orm";
import { attempt } from "../../drizzle/schema/traffic.ts";
import { presentDelivery } from "../api/resources/deliveries.ts";
import { db } from "../db.ts";
import { type DeliveryRow, listDeliveries } from "../reports/deliveries.ts";
import type { DeliveryFilter } from "../reports/delivery-filter.ts";
import { MAX_PAGE_LIMIT } from "../reports/page.ts";
import type { ExportFormat } from "./formats.ts";
import { pagesOf } from "./pages.ts";
import type { ExportRow } from "./write.ts";

/** The columns of the CSV, named as the API names them. */
export const DELIVERY_COLUMNS = [
  "id",
  "status",
  "type",
  "endpoint",
  "endpointUrl",
  "customer",
  "event",
  "attemptCount",
  "maxAttempts",
  "lastOutcome",
  "lastStatusCode",
  "lastDurationMs",
  "nextAttemptAt",
  "reason",
  "replayOf",
  "test",
  "createdAt",
  "finishedAt",
] as const;

/** Deliveries in the order of the list, page by page; whole ones with their attempts, without headers and bodies. */
export async function* exportDeliveries(
  workspaceId: string,
  filter: DeliveryFilter,
  format: ExportFormat,
): AsyncGenerator<ExportRow[]> {
  const pages = pagesOf((before) => listDeliveries(workspaceId, filter, { before, limit: MAX_PAGE_LIMIT }));
  for await (const page of pages) {
    const attempts = format === "ndjson" ? await attemptsOf(page.rows) : new Map<string, object[]>();
    yield page.rows.map((row) => {
      const cells = { ...presentDelivery(row), endpointUrl: row.endpoint?.url ?? null };
      return { cells, whole: { ...cells, attempts: attempts.get(row.id) ?? [] } };
    });
  }
}

async function attemptsOf(deliveries: DeliveryRow[]): Promise<Map<string, object[]>> {
  const ids = deliveries.map(({ id }) => id).sort();
  const [first, last] = [ids[0], ids.at(-1)];
  if (!first || !last) return new Map();
  const { deliveryId, number, startedAt, trigger, outcome, statusCode, detail, totalMs, remoteAddress } = attempt;
  const rows = await db()
    .select({ deliveryId, number, startedAt, trigger, outcome, statusCode, detail, totalMs, remoteAddress })
    .from(attempt)
    // The bounds prune partitions, which a list of ids alone does not under a generic plan.
    .where(and(inArray(deliveryId, ids), between(deliveryId, first, last)))
    .orderBy(asc(deliveryId), asc(number));
  const attempts = new Map<string, object[]>();
  for (const { deliveryId: of, ...told } of rows) attempts.set(of, [...(attempts.get(of) ?? []), told]);
  return attempts;
}
