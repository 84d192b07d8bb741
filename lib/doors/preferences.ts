import type { IncomingHttpHeaders } from "node:http";
import { type Refusal, refusal } from "../api/problem.ts";

/** A caller may ask for more; it is told how long was waited. */
export const MAX_WAIT_SECONDS = 30;

/** One preference of the header. A quote that is never closed takes the rest: nothing here is ever tried twice. */
const PREFERENCE = /(?:[^,"]|"(?:[^"\\]|\\.?)*(?:"|$))+/g;
/** Its name and value, as RFC 7240 writes them: `wait=5`, `respond-async`, `foo; some="x, y"`. */
const NAME_AND_VALUE = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^\s,;"]*))?/;

const WRONG = refusal("invalid_parameter", "Prefer: wait takes a whole number of seconds, such as wait=10", [
  { path: "Prefer", message: "must be wait=N, N whole seconds" },
]);
const FOR_BATCH = refusal(
  "invalid_parameter",
  "A batch takes no Prefer: wait: leave the header out, or post the events to wait for one by one",
  [{ path: "Prefer", message: "wait is not taken by a batch" }],
);

/** For how many seconds the caller wants to wait for outcomes; null = it does not. Preferences that are not ours are ignored. */
export function waitSeconds(headers: IncomingHttpHeaders, batch: boolean): number | null | Refusal {
  const given = headers.prefer;
  if (given === undefined) return null;
  const preferences = (String(given).match(PREFERENCE) ?? []).map((one) => NAME_AND_VALUE.exec(one));
  const first = preferences.find((one) => one?.[1]?.toLowerCase() === "wait");
  if (!first) return null;
  if (batch) return FOR_BATCH;
  const seconds = (first[2] ?? "").replaceAll('"', "");
  return /^\d{1,9}$/.test(seconds) ? Math.min(Number(seconds), MAX_WAIT_SECONDS) : WRONG;
}
