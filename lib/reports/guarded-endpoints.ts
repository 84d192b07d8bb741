import { and, asc, eq, gt, isNotNull, isNull, ne, or } from "drizzle-orm";
import { endpoint, endpointState } from "../../drizzle/schema/configuration.ts";
import { db } from "../db.ts";
import { shownUrlColumn } from "../endpoints/shown-url.ts";

/** Endpoints whose deliveries wait for how the endpoint is doing: circuit not closed, slowed down, or crowded. */
export function listGuardedEndpoints(workspaceId: string, now: Date) {
  const { circuit, circuitReason, circuitSince, probeAt, slowedUntil, crowdedSince } = endpointState;
  return db()
    .select({
      endpointId: endpoint.id,
      url: shownUrlColumn,
      circuit,
      circuitReason,
      circuitSince,
      probeAt,
      slowedUntil,
      crowdedSince,
    })
    .from(endpointState)
    .innerJoin(endpoint, eq(endpoint.id, endpointState.endpointId))
    .where(
      and(
        eq(endpoint.workspaceId, workspaceId),
        eq(endpoint.status, "active"),
        eq(endpoint.builtIn, false),
        isNull(endpoint.deletedAt),
        or(ne(circuit, "closed"), gt(slowedUntil, now), isNotNull(crowdedSince)),
      ),
    )
    .orderBy(asc(circuitSince), asc(endpoint.id));
}
