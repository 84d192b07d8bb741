import { z } from "zod";
import { outsideId } from "../replay/input.ts";
import { readCode } from "../search/codes.ts";
import { storable } from "../storable-text.ts";
import { MOST_PACE } from "./input.ts";
import { JOB_KINDS, JOB_ORDERS, type JobScope, MOST_NAMED } from "./scope.ts";

const STATUSES = ["queued", "retrying", "failed", "delivered", "held", "discarded"] as const;
const moment = z.iso.datetime({ offset: true, error: "Give a time such as 2026-01-31T08:00:00Z" });
const code = z.string().refine((text) => readCode(text) !== null, "Give a status code such as 503, or 5xx");

/** What the API starts a job with: ids one by one, or a filter, with the defaults of the page. */
export const bulkJobInput = z.strictObject({
  kind: z.enum(JOB_KINDS),
  deliveries: z
    .array(outsideId("dlv", "a delivery"))
    .max(MOST_NAMED)
    .optional()
    .meta({ description: "Of a retry: these and no others." }),
  events: z
    .array(outsideId("evt", "an event"))
    .max(MOST_NAMED)
    .optional()
    .meta({ description: "Of a replay: these and no others." }),
  filter: z
    .strictObject({
      status: z
        .array(z.enum(STATUSES))
        .optional()
        .meta({ description: "Of deliveries; failed unless told otherwise." }),
      type: storable(z.string().min(1).max(128)).optional(),
      endpoint: outsideId("ep", "an endpoint").optional(),
      customer: storable(z.string().min(1).max(256)).optional(),
      code: code.optional(),
      from: moment.optional(),
      to: moment.optional(),
    })
    .default({})
    .meta({ description: "Without ids: all that match." }),
  endpoint: outsideId("ep", "an endpoint")
    .optional()
    .meta({ description: "Of a replay: where to; else all endpoints that want the event today." }),
  onlyMissing: z.boolean().default(false).meta({ description: "Of a replay: only what was never sent there." }),
  order: z.enum(JOB_ORDERS).default("oldest"),
  pace: z.int().min(1).max(MOST_PACE).optional().meta({ description: "Per second and endpoint." }),
  skipDelivered: z
    .boolean()
    .default(true)
    .meta({ description: "Leave out what has reached its endpoint by another delivery of the same event." }),
});
export type BulkJobInput = z.infer<typeof bulkJobInput>;

/** What runs over deliveries or events made after `now` was not asked for. */
export function scopeOf(input: BulkJobInput, now: Date): JobScope {
  const { kind, deliveries, events, filter, endpoint, onlyMissing, order, skipDelivered } = input;
  const { status, type, endpoint: at, customer, code: codes, from, to } = filter;
  const until = to && new Date(to) < now ? new Date(to) : now;
  const times = { from: from ? new Date(from) : null, to: until };
  const ids = kind === "retry" ? deliveries : events;
  const matching = {
    retry: {
      by: "deliveries" as const,
      filter: {
        status: status?.length ? status : ["failed" as const],
        eventType: type,
        endpointId: at,
        customer,
        code: codes ? readCode(codes) : null,
        ...times,
      },
    },
    replay: { by: "events" as const, filter: { type, customer, ...times } },
  };
  const query = new URLSearchParams({ kind, ...(type && { type }), ...(customer && { customer }) });
  if (from) query.set("from", from);
  return {
    over: ids ? { by: "ids", ids: [...new Set(ids)].sort() } : matching[kind],
    order,
    skipDelivered,
    endpointId: kind === "replay" ? (endpoint ?? null) : null,
    onlyMissing: kind === "replay" && onlyMissing,
    query: query.toString(),
  };
}
