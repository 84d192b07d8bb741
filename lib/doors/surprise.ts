import { type Refusal, refusal } from "../api/problem.ts";
import { isDatabaseAway } from "../db-errors.ts";

const AWAY = refusal("unavailable", "The database is away: nothing was stored, post the event again");
const INTERNAL = refusal("internal", "Something went wrong on our side: report it with the request id");

/** What a caller is told about an error nobody planned for. */
export function surprise(error: unknown): Refusal {
  return isDatabaseAway(error) ? AWAY : INTERNAL;
}
