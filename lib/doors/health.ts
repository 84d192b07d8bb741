import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { refusal } from "../api/problem.ts";
import { hotSql } from "../db.ts";
import { errorFields, log } from "../log.ts";
import { DELIVER_QUEUE } from "../queue/jobs.ts";
import { answerJson, answerProblem } from "./answer.ts";

export const HEALTH_PATH = "/api/health";
const PATIENCE_MS = 3_000;

const NO_DATABASE = refusal("unavailable", "The database does not answer");

/** `GET /api/health`: 200 with how the database and the queue are; 503 when the database does not answer. */
export async function answerHealth(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = randomUUID();
  try {
    const started = performance.now();
    const oldestQueuedSeconds = await withPatience(oldestDueSeconds());
    const databaseMs = Math.round(performance.now() - started);
    response.setHeader("cache-control", "no-store");
    answerJson(response, 200, requestId, {
      status: "ok",
      database: { ms: databaseMs },
      queue: { oldestQueuedSeconds },
    });
  } catch (error) {
    log("warn", "health", errorFields(error));
    answerProblem(request, response, requestId, NO_DATABASE);
  }
}

/** For how long the oldest delivery that is due has waited for a worker; 0 when none waits. */
async function oldestDueSeconds(): Promise<number> {
  const [oldest] = await hotSql()<{ seconds: number }[]>`
    select coalesce(extract(epoch from now() - min(greatest(start_after, created_on))), 0)::float8 as seconds from (
      select start_after, created_on from pgboss.job
      where name = ${DELIVER_QUEUE} and state < 'active' and start_after <= now()
        and priority = 0 and created_on <= now()
      order by created_on limit 1
    ) as head`;
  return Math.max(0, Math.round(oldest?.seconds ?? 0));
}

/** A database that hangs is as bad as one that is gone. */
function withPatience<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
