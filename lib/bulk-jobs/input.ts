import { z } from "zod";
import { outsideId } from "../replay/input.ts";
import { JOB_ORDERS } from "./scope.ts";

/** An address has room for so many ids and no more. */
const MOST_QUERY = 20_000;
export const MOST_PACE = 1_000;

/** What is chosen before a job is started. `query` is the address that says what it runs over. */
export const jobForm = z.object({
  job: outsideId("job", "a bulk job"),
  query: z.string().max(MOST_QUERY, "This is too long: choose by a filter instead"),
  order: z.enum(JOB_ORDERS).default("oldest"),
  pace: z
    .int("Give a whole number")
    .min(1, "Give 1 or more, or leave it empty")
    .max(MOST_PACE, `Give ${MOST_PACE} or less, or leave it empty`)
    .optional(),
  skipDelivered: z.boolean(),
});

/** Which job to stop or to go on with, by its outside id. */
export const jobTarget = z.object({ job: outsideId("job", "a bulk job") });
