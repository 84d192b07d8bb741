import { formatId } from "../ids.ts";
import { log, logAll } from "../log.ts";
import type { Settlement } from "./settlement.ts";

/** One line per attempt with all there is to know, and one when another worker had taken jobs over. */
export function logAttempts(settlements: Settlement[], takenOver: number): void {
  logAll("info", "attempt", settlements.flatMap(linesOf));
  if (takenOver > 0) log("warn", "claims lost", { deliveries: takenOver });
}

function linesOf({ job, workspaceId, eventType, attempts, change }: Settlement) {
  return attempts.map((attempt) => ({
    delivery: formatId("dlv", job.data.d),
    event: formatId("evt", job.data.e),
    endpoint: formatId("ep", job.data.p),
    workspace: formatId("ws", workspaceId),
    type: eventType,
    number: attempt.number,
    trigger: attempt.trigger,
    outcome: attempt.outcome,
    statusCode: attempt.statusCode,
    totalMs: Math.round(attempt.totalMs),
    reused: attempt.reusedConnection,
    status: change?.status,
    nextInSeconds: change?.nextInSeconds === null ? undefined : Math.round(change?.nextInSeconds ?? 0),
  }));
}
