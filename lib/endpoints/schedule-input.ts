import { z } from "zod";
import { parseSchedule } from "./schedule-text.ts";

const MAX_RETRIES = 20;
const MAX_RETRY_DELAY_SECONDS = 7 * 86_400;

/** A form's text such as `5s, 5m, 2h`; nothing means the default schedule, `none` no retries. */
function delays(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const text = value.trim();
  if (text === "") return null;
  if (text.toLowerCase() === "none") return [];
  return parseSchedule(text) ?? text;
}

// A form's single text stands for the whole list: an array on the outside would make an empty field an empty list,
// which means something else here.
const waits = z
  .unknown()
  .transform(delays)
  .pipe(
    z
      .array(
        z.int().min(1, "A retry waits at least a second").max(MAX_RETRY_DELAY_SECONDS, "A retry waits at most 7 days"),
        "Give the waits as times such as 30s, 5m, 2h or 1d",
      )
      .max(MAX_RETRIES, `A schedule has at most ${MAX_RETRIES} retries`)
      .nullable(),
  )
  .nullable();

/** The waits before each retry. @param none what null means, for the API's description */
export function retrySchedule(none: string) {
  return waits.meta({
    openapi: {
      description: `Seconds before each retry; ${none}; [] = no retries.`,
      type: ["array", "null"],
      maxItems: MAX_RETRIES,
      items: { type: "integer", minimum: 1, maximum: MAX_RETRY_DELAY_SECONDS },
    },
  });
}
