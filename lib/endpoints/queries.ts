import { and, asc, eq, gt, gte, ilike, inArray, isNull, notInArray, or, type SQL, sql } from "drizzle-orm";
import { endpoint, endpointSecret, endpointState } from "../../drizzle/schema/configuration.ts";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { firstIdAt } from "../ids.ts";
import { type Page, type Paged, paged, pageLimit, pageOrder, withinPage } from "../reports/page.ts";
import { maskedAuthentication } from "./authentication.ts";
import { maskedCertificate } from "./client-certificate.ts";
import { maskedHeaders } from "./headers.ts";
import { FORMATS_WITH_SECRET_URL, shownUrl } from "./shown-url.ts";
import type { EndpointStatus } from "./states.ts";

const DAY_MS = 86_400_000;
/** Beyond this many, what is waiting is "at least". */
const COUNTED_DELIVERIES = 10_000;
const BACKLOG_DAYS = 2;
/** Statuses of deliveries that are not over yet. */
export const UNFINISHED = ["queued", "retrying", "held"] as const;

const COLUMNS = {
  id: endpoint.id,
  url: endpoint.url,
  description: endpoint.description,
  customer: endpoint.customer,
  subscriptions: endpoint.subscriptions,
  format: endpoint.format,
  signature: endpoint.signature,
  timeoutSeconds: endpoint.timeoutSeconds,
  retrySchedule: endpoint.retrySchedule,
  expectedStatuses: endpoint.expectedStatuses,
  method: endpoint.method,
  maxAgeSeconds: endpoint.maxAgeSeconds,
  rateLimit: endpoint.rateLimit,
  rateBurst: endpoint.rateBurst,
  maxInFlight: endpoint.maxInFlight,
  ordering: endpoint.ordering,
  batchSize: endpoint.batchSize,
  batchSeconds: endpoint.batchSeconds,
  filter: endpoint.filter,
  transformation: endpoint.transformation,
  status: endpoint.status,
  statusReason: endpoint.statusReason,
  statusActor: endpoint.statusActor,
  statusSince: endpoint.statusSince,
  builtIn: endpoint.builtIn,
  version: endpoint.version,
  createdAt: endpoint.createdAt,
  failingSince: endpointState.failingSince,
  lastSuccessAt: endpointState.lastSuccessAt,
  lastFailureAt: endpointState.lastFailureAt,
  lastOutcome: endpointState.lastOutcome,
  lastStatusCode: endpointState.lastStatusCode,
  circuit: endpointState.circuit,
  circuitReason: endpointState.circuitReason,
  circuitSince: endpointState.circuitSince,
  probeAt: endpointState.probeAt,
  failedProbes: endpointState.failedProbes,
  slowedUntil: endpointState.slowedUntil,
  crowdedSince: endpointState.crowdedSince,
};

/** Encrypted; shown masked. */
const SEALED = {
  headers: endpoint.headers,
  authentication: endpoint.authentication,
  clientCertificate: endpoint.clientCertificate,
};

export type EndpointFilter = { search?: string | null; customer?: string | null; status?: EndpointStatus | null };

/** A workspace's endpoints, newest first. Secrets are masked. */
export async function listEndpoints(
  workspaceId: string,
  filter: EndpointFilter = {},
  page: Page = {},
): Promise<Paged<EndpointRow>> {
  const read = await readEndpoints(and(alive(workspaceId), ...conditions(filter), withinPage(endpoint.id, page)), page);
  return paged(read, page);
}

/** One endpoint with its signing secrets' dates, or null for a stranger's or a deleted one. */
export async function findEndpoint(workspaceId: string, id: string) {
  const [row] = await readEndpoints(and(alive(workspaceId), eq(endpoint.id, id)), {});
  if (!row) return null;
  const secrets = await db()
    .select({ id: endpointSecret.id, createdAt: endpointSecret.createdAt, expiresAt: endpointSecret.expiresAt })
    .from(endpointSecret)
    .where(and(eq(endpointSecret.endpointId, id), stillSigns()))
    .orderBy(asc(endpointSecret.id));
  return { ...row, secrets };
}
export type EndpointDetail = NonNullable<Awaited<ReturnType<typeof findEndpoint>>>;

async function readEndpoints(where: SQL | undefined, page: Page) {
  const rows = await db()
    .select({ ...COLUMNS, ...SEALED })
    .from(endpoint)
    .leftJoin(endpointState, eq(endpointState.endpointId, endpoint.id))
    .where(where)
    .orderBy(pageOrder(endpoint.id, page))
    .limit(pageLimit(page));
  return rows.map((row) => ({
    ...row,
    url: shownUrl(row),
    headers: maskedHeaders(row.id, row.headers),
    authentication: maskedAuthentication(row.id, row.authentication),
    clientCertificate: maskedCertificate(row.id, row.clientCertificate),
  }));
}
export type EndpointRow = Awaited<ReturnType<typeof readEndpoints>>[number];

/** What pausing, disabling or deleting an endpoint touches. `atLeast`: there were too many to count. */
export type EndpointEffects = { unfinished: number; finishedLastDay: number; atLeast: boolean };

export async function countEffects(workspaceId: string, id: string): Promise<EndpointEffects> {
  const ofEndpoint = and(eq(delivery.workspaceId, workspaceId), eq(delivery.endpointId, id));
  const since = (days: number) => gte(delivery.id, firstIdAt(Date.now() - days * DAY_MS));
  const [waiting, troubled, finishedLastDay] = await Promise.all([
    // Deliveries are queued without trouble only until their first attempt: the newest days are enough to look at.
    countUpTo(and(ofEndpoint, eq(delivery.trouble, false), eq(delivery.status, "queued"), since(BACKLOG_DAYS))),
    countUpTo(and(ofEndpoint, eq(delivery.trouble, true), inArray(delivery.status, [...UNFINISHED]))),
    countUpTo(and(ofEndpoint, inArray(delivery.status, ["delivered", "failed"]), since(1))),
  ]);
  const atLeast = [waiting, troubled, finishedLastDay].includes(COUNTED_DELIVERIES);
  return { unfinished: waiting + troubled, finishedLastDay, atLeast };
}

async function countUpTo(where: SQL | undefined): Promise<number> {
  const some = db().select({ id: delivery.id }).from(delivery).where(where).limit(COUNTED_DELIVERIES).as("some");
  const [row] = await db().select({ count: sql<number>`count(*)::int` }).from(some);
  return row?.count ?? 0;
}

/** The endpoints of a workspace that are still there. */
export function alive(workspaceId: string): SQL | undefined {
  return and(eq(endpoint.workspaceId, workspaceId), isNull(endpoint.deletedAt));
}

/** Secrets that sign deliveries now. */
export function stillSigns(): SQL | undefined {
  return or(isNull(endpointSecret.expiresAt), gt(endpointSecret.expiresAt, new Date()));
}

function conditions({ search, customer, status }: EndpointFilter): (SQL | undefined)[] {
  const text = search?.trim();
  const like = text && `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return [
    like ? or(urlMatches(like), ilike(endpoint.description, like), ilike(endpoint.customer, like)) : undefined,
    customer ? eq(endpoint.customer, customer) : undefined,
    status ? eq(endpoint.status, status) : undefined,
  ];
}

/** A masked URL is not searched in: finding it by its beginning, letter by letter, would be reading it. */
export function urlMatches(like: string): SQL | undefined {
  return and(ilike(endpoint.url, like), notInArray(endpoint.format, [...FORMATS_WITH_SECRET_URL]));
}
