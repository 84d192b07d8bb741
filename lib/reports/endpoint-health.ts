import { and, eq, inArray, isNull } from "drizzle-orm";
import { endpoint, endpointState } from "../../drizzle/schema/configuration.ts";
import { db } from "../db.ts";
import { shownUrlColumn } from "../endpoints/shown-url.ts";
import { type Health, healthOf } from "./health.ts";
import { countSteps, total } from "./stats.ts";
import { typeSentence, typeTrouble } from "./type-trouble.ts";

const HOUR_MS = 3_600_000;

/** The health of endpoints, by id; of all people's own that are not deleted when no ids are given. */
export async function endpointHealth(
  workspaceId: string,
  ids?: string[],
  now = new Date(),
): Promise<Map<string, Health & { url: string }>> {
  if (ids?.length === 0) return new Map();
  const span = { from: new Date(now.getTime() - HOUR_MS), to: new Date(now.getTime() + HOUR_MS), stepMs: HOUR_MS };
  const [rows, counts] = await Promise.all([endpointStates(workspaceId, ids), countSteps(workspaceId, span, ids)]);
  const health = new Map<string, Health & { url: string }>(
    rows.map(({ id, url, ...facts }) => {
      const lastHour = total(counts.filter((count) => count.endpointId === id));
      return [id, { url, ...healthOf({ ...facts, lastHour }) }];
    }),
  );
  const unwell = [...health].flatMap(([id, { health }]) => (health === "failing" || health === "degraded" ? [id] : []));
  for (const [id, trouble] of await typeTrouble(workspaceId, unwell, span.from)) {
    const row = health.get(id);
    if (row) row.types = typeSentence(trouble);
  }
  return health;
}

function endpointStates(workspaceId: string, ids?: string[]) {
  return db()
    .select({
      id: endpoint.id,
      url: shownUrlColumn,
      status: endpoint.status,
      statusReason: endpoint.statusReason,
      statusSince: endpoint.statusSince,
      failingSince: endpointState.failingSince,
      lastOutcome: endpointState.lastOutcome,
      lastStatusCode: endpointState.lastStatusCode,
      circuit: endpointState.circuit,
      circuitReason: endpointState.circuitReason,
      circuitSince: endpointState.circuitSince,
    })
    .from(endpoint)
    .leftJoin(endpointState, eq(endpointState.endpointId, endpoint.id))
    .where(
      and(
        eq(endpoint.workspaceId, workspaceId),
        isNull(endpoint.deletedAt),
        // Our own receiver fails on demand: it is never anyone's trouble.
        ids ? inArray(endpoint.id, ids) : eq(endpoint.builtIn, false),
      ),
    );
}
