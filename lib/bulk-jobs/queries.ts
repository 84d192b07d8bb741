import { and, asc, count, desc, eq, gt, inArray, isNotNull, sql } from "drizzle-orm";
import { endpoint, endpointState } from "../../drizzle/schema/configuration.ts";
import { bulkJob, bulkJobEndpoint, bulkJobItem } from "../../drizzle/schema/console.ts";
import { db } from "../db.ts";
import type { EndpointStatus } from "../endpoints/states.ts";
import { type DeliveryRow, deliveriesByIds } from "../reports/deliveries.ts";
import { type EndpointName, endpointNames } from "../reports/endpoint-names.ts";
import { type Page, type Paged, paged, pageLimit, pageOrder, withinPage } from "../reports/page.ts";
import type { LeftOut } from "./left-out.ts";
import { SUM_COLUMNS } from "./progress.ts";
import { type ItemState, type JobScope, readScope } from "./scope.ts";
import { countOver, NO_SUMS, type Sums } from "./sums.ts";

/** A job as lists show it. */
export type JobRow = Omit<typeof bulkJob.$inferSelect, "scope" | "cursor" | "workspaceId"> & {
  scope: JobScope;
  sums: Sums;
  /** Rows that are dealt with. */
  over: number;
  /** Rows a second since it began, or was continued; null until that can be told. */
  perSecond: number | null;
};

type Stored = typeof bulkJob.$inferSelect;

/** A rate from less than this is chance. */
const LEAST_SECONDS = 1;

/** Jobs of a workspace, the newest first. */
export async function listJobs(workspaceId: string, page: Page = {}): Promise<Paged<JobRow>> {
  const read = await db()
    .select()
    .from(bulkJob)
    .where(and(eq(bulkJob.workspaceId, workspaceId), withinPage(bulkJob.id, page)))
    .orderBy(pageOrder(bulkJob.id, page))
    .limit(pageLimit(page));
  const { rows, ...cursors } = paged(read, page);
  return { rows: await withSums(rows), ...cursors };
}

/** What is under way now, the oldest first; for every page's top bar. */
export async function listJobsUnderWay(workspaceId: string): Promise<JobRow[]> {
  const rows = await db()
    .select()
    .from(bulkJob)
    .where(and(eq(bulkJob.workspaceId, workspaceId), inArray(bulkJob.status, ["counting", "running"])))
    .orderBy(asc(bulkJob.id));
  return withSums(rows);
}

/** Null for a stranger's too. */
export async function findJob(workspaceId: string, id: string): Promise<JobRow | null> {
  const rows = await db()
    .select()
    .from(bulkJob)
    .where(and(eq(bulkJob.workspaceId, workspaceId), eq(bulkJob.id, id)));
  const [job] = await withSums(rows);
  return job ?? null;
}

async function withSums(rows: Stored[]): Promise<JobRow[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const read = await db()
    .select({ jobId: bulkJobEndpoint.jobId, ...SUM_COLUMNS })
    .from(bulkJobEndpoint)
    .where(inArray(bulkJobEndpoint.jobId, ids))
    .groupBy(bulkJobEndpoint.jobId);
  const sums = new Map(read.map(({ jobId, ...row }) => [jobId, row]));
  return rows.map((row) => asRow(row, sums.get(row.id) ?? NO_SUMS));
}

function asRow({ workspaceId: _, cursor: __, scope, ...row }: Stored, sums: Sums): JobRow {
  const over = countOver(sums);
  const seconds = row.runSince ? ((row.finishedAt ?? new Date()).getTime() - row.runSince.getTime()) / 1_000 : 0;
  const perSecond = seconds >= LEAST_SECONDS ? (over - row.overBefore) / seconds : null;
  return { ...row, scope: readScope(scope), sums, over, perSecond };
}

/** How a job went with one endpoint; the one with the most rows first. */
export type JobEndpoint = {
  endpointId: string;
  endpoint: EndpointName | null;
  total: number;
  sums: Sums;
  /** What holds its deliveries in line. */
  held: { by: "circuit"; probeAt: Date | null } | { by: "slowed"; until: Date } | { by: "paused" | "disabled" } | null;
};

/** More endpoints than this are summed up in the job's own figures alone. */
const MOST_ENDPOINTS = 100;

export async function listJobEndpoints(workspaceId: string, jobId: string): Promise<JobEndpoint[]> {
  const { waiting, open, delivered, failed, retrying, discarded, skipped, endpointId } = bulkJobEndpoint;
  const sums = { waiting, open, delivered, failed, retrying, discarded, skipped };
  const total = sql<number>`${waiting} + ${open} + ${delivered} + ${failed} + ${retrying} + ${discarded} + ${skipped}`;
  const rows = await db()
    .select({ endpointId, total, ...sums })
    .from(bulkJobEndpoint)
    .innerJoin(bulkJob, eq(bulkJob.id, bulkJobEndpoint.jobId))
    .where(and(eq(bulkJob.workspaceId, workspaceId), eq(bulkJobEndpoint.jobId, jobId)))
    .orderBy(desc(total), asc(endpointId))
    .limit(MOST_ENDPOINTS);
  const names = await endpointNames(
    workspaceId,
    rows.map((row) => row.endpointId),
  );
  const held = await listHeld(
    workspaceId,
    rows.map((row) => row.endpointId),
  );
  return rows.map(({ endpointId: id, total: all, ...own }) => {
    return { endpointId: id, endpoint: names.get(id) ?? null, total: all, sums: own, held: held.get(id) ?? null };
  });
}

async function listHeld(workspaceId: string, ids: string[]): Promise<Map<string, JobEndpoint["held"]>> {
  if (ids.length === 0) return new Map();
  const { id, status } = endpoint;
  const { circuit, probeAt, slowedUntil } = endpointState;
  const rows = await db()
    .select({ id, status, circuit, probeAt, slowedUntil })
    .from(endpoint)
    .leftJoin(endpointState, eq(endpointState.endpointId, endpoint.id))
    .where(and(eq(endpoint.workspaceId, workspaceId), inArray(endpoint.id, ids)));
  return new Map(rows.map((row) => [row.id, heldBy(row)]));
}

type Gate = { status: EndpointStatus; circuit: string | null; probeAt: Date | null; slowedUntil: Date | null };

function heldBy({ status, circuit, probeAt, slowedUntil }: Gate): JobEndpoint["held"] {
  if (status !== "active") return { by: status };
  if (circuit === "open" || circuit === "half_open") return { by: "circuit", probeAt };
  return slowedUntil && slowedUntil > new Date() ? { by: "slowed", until: slowedUntil } : null;
}

/** Why rows were left out, the most frequent reason first. */
export async function listLeftOut(workspaceId: string, jobId: string): Promise<{ why: LeftOut; count: number }[]> {
  const rows = await db()
    .select({ why: sql<LeftOut>`${bulkJobItem.skipped}`, count: count() })
    .from(bulkJobItem)
    .innerJoin(bulkJob, eq(bulkJob.id, bulkJobItem.jobId))
    .where(and(eq(bulkJob.workspaceId, workspaceId), eq(bulkJobItem.jobId, jobId), isNotNull(bulkJobItem.skipped)))
    .groupBy(bulkJobItem.skipped)
    .orderBy(desc(count()));
  return rows;
}

/** How many of a job's deliveries have failed, and still have: what a job over its failures would run over. */
export async function countFailures(workspaceId: string, jobId: string): Promise<number> {
  const [row] = await db().execute<{ count: number }>(sql`
    select count(*)::int as count from bulk_job_item i join bulk_job j on j.id = i.job_id
      join delivery d on d.id = i.delivery_id
    where j.workspace_id = ${workspaceId} and j.id = ${jobId} and i.state in ('failed', 'retrying', 'discarded')
      and d.status = 'failed'`);
  return row?.count ?? 0;
}

export type JobItem = { state: ItemState; skipped: LeftOut | null; deliveryId: string; delivery: DeliveryRow | null };

/** What a job did with each delivery, in the order of their ids, with what they are now. */
export async function listJobItems(
  workspaceId: string,
  jobId: string,
  { state, endpointId }: { state?: ItemState | null; endpointId?: string | null },
  { after, limit }: { after?: string | null; limit: number },
): Promise<{ rows: JobItem[]; next: string | null }> {
  const read = await db()
    .select({ deliveryId: bulkJobItem.deliveryId, state: bulkJobItem.state, skipped: bulkJobItem.skipped })
    .from(bulkJobItem)
    .innerJoin(bulkJob, eq(bulkJob.id, bulkJobItem.jobId))
    .where(
      and(
        eq(bulkJob.workspaceId, workspaceId),
        eq(bulkJobItem.jobId, jobId),
        state ? eq(bulkJobItem.state, state) : undefined,
        endpointId ? eq(bulkJobItem.endpointId, endpointId) : undefined,
        after ? gt(bulkJobItem.deliveryId, after) : undefined,
      ),
    )
    .orderBy(asc(bulkJobItem.deliveryId))
    .limit(limit + 1);
  const items = read.slice(0, limit);
  const found = await deliveriesByIds(
    workspaceId,
    items.map(({ deliveryId }) => deliveryId),
  );
  const deliveries = new Map(found.map((row) => [row.id, row]));
  const rows = items.map(({ deliveryId, state: is, skipped }) => {
    return { deliveryId, state: is, skipped: skipped as LeftOut | null, delivery: deliveries.get(deliveryId) ?? null };
  });
  return { rows, next: read.length > limit ? (items.at(-1)?.deliveryId ?? null) : null };
}
