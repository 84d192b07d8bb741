import type { Sql } from "../db.ts";
import { FROM_THE_FIRST, takeTurn } from "./gate/turn.ts";
import { listWaitingEndpoints } from "./gate/waiting.ts";

/**
 * One round over all endpoints something is parked for, whoever is elected: what may go out now goes, and what waits
 * for an endpoint that was deleted is discarded.
 * @returns how many were moved
 */
export async function releaseParked(sql: Sql): Promise<number> {
  let moved = 0;
  for (const endpointId of await listWaitingEndpoints(sql)) {
    moved += (await takeTurn(sql, endpointId, FROM_THE_FIRST)).moved;
  }
  return moved;
}
