import { z } from "zod";
import { parseFilter } from "../filters/filter.ts";
import { storable } from "../storable-text.ts";
import { codeProblem } from "../transformations/code.ts";
import { authenticationInput } from "./authentication.ts";
import { clientCertificateInput } from "./client-certificate.ts";
import { headerNameProblem, headerValueProblem } from "./reserved-headers.ts";
import { retrySchedule } from "./schedule-input.ts";
import { parseSchedule } from "./schedule-text.ts";
import { FORMATS, METHODS, ORDERINGS, SIGNATURES } from "./states.ts";
import { urlInput } from "./url-input.ts";

/** As long as an event's. */
const MAX_CUSTOMER_LENGTH = 255;
const MAX_SUBSCRIPTIONS = 500;
const MAX_HEADERS = 20;
const MAX_EXPECTED_STATUSES = 20;
const MAX_AGE_SECONDS = 30 * 86_400;
const MAX_RATE = 10_000;
const MAX_IN_FLIGHT = 1_000;
const MAX_BATCH_SIZE = 500;
const MAX_BATCH_SECONDS = 300;
const SUBSCRIPTION = /^[A-Za-z0-9_.-]{1,128}$|^[A-Za-z0-9_.-]{1,126}\.\*$/;

/** Text areas and repeated fields give text with separators; the API gives the list. */
function words(value: unknown): unknown {
  const parts = typeof value === "string" ? [value] : value;
  if (!Array.isArray(parts)) return value;
  return parts.flatMap((part) => (typeof part === "string" ? part.split(/[\s,]+/).filter(Boolean) : [part]));
}

const subscriptions = z.preprocess(
  words,
  z
    .array(
      z
        .string()
        .regex(
          SUBSCRIPTION,
          "Use event type names, or a prefix with a star such as order.* for all types below it; an empty list wants all types",
        ),
    )
    .max(MAX_SUBSCRIPTIONS)
    .transform((names) => [...new Set(names)]),
);

const headerInput = z.strictObject({
  name: z.string().trim().superRefine(refuse(headerNameProblem)),
  value: z.string().trim().superRefine(refuse(headerValueProblem)).meta({ secret: true }),
});

/** The API gives headers as an object, a form as rows. */
function headerRows(value: unknown): unknown {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? Object.entries(value).map(([name, inner]) => ({ name, value: inner })) : value;
}

const headers = z
  .preprocess(
    headerRows,
    z
      .array(headerInput)
      .max(MAX_HEADERS, `An endpoint has at most ${MAX_HEADERS} headers`)
      .refine(
        (rows) => new Set(rows.map(({ name }) => name.toLowerCase())).size === rows.length,
        "A header is named twice",
      ),
  )
  .meta({
    openapi: {
      description:
        "Headers sent with every delivery. Answers show every value as ••••••••; sent back, it keeps the stored value.",
      type: "object",
      maxProperties: MAX_HEADERS,
      additionalProperties: { type: "string" },
    },
  });

const expectedStatuses = z
  .preprocess(
    (value) => numbers(words(value)),
    z.array(z.int("Give status codes such as 200, 204").min(200).max(599)).max(MAX_EXPECTED_STATUSES),
  )
  .meta({ description: "The statuses that count as delivered; empty = any 2xx." });

function numbers(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((part) => (typeof part === "string" && /^\d+$/.test(part) ? Number(part) : part));
}

/** A form's empty field means "none"; its text is a number. */
function optionalNumber(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const text = value.trim();
  if (text === "") return null;
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** A form's age such as `12h`; a bare number counts seconds. */
function optionalAge(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const text = value.trim();
  if (text === "") return null;
  return parseSchedule(text)?.reduce((sum, part) => sum + part, 0) ?? text;
}

const optional = <T extends z.ZodType>(number: T) => z.preprocess(optionalNumber, number.nullable());

/** The first message would else be said of a number that is too small or too large as well. */
function wholeNumber(least: number, most: number) {
  return optional(
    z
      .int("Give a whole number, or nothing")
      .min(least, `Give at least ${least}, or nothing`)
      .max(most, `Give at most ${most}, or nothing`),
  );
}

/** A form gives text, the API an object; what is stored is text. */
function filterText(value: unknown): unknown {
  if (typeof value === "string") return value.trim() || null;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}

const filter = z
  .unknown()
  .transform(filterText)
  .pipe(
    storable(z.string("Write conditions as a JSON object"))
      .superRefine((text, context) => {
        const parsed = parseFilter(text);
        for (const message of parsed.ok ? [] : parsed.problems) context.addIssue({ code: "custom", message });
      })
      .nullable(),
  )
  .nullable()
  .meta({
    openapi: {
      description:
        'Conditions on the data of an event, as in MongoDB: {"amount": {"$gte": 100}, "customer.country": "DE"}. Events that do not match are kept as discarded deliveries. null = every event of the subscribed types.',
      type: ["object", "null"],
      additionalProperties: true,
    },
  });

const transformation = z
  .preprocess(
    (value) => (typeof value === "string" ? value.trim() || null : value),
    storable(z.string()).superRefine(refuse(codeProblem)).nullable(),
  )
  .meta({
    description:
      "JavaScript with a function transform(event) that gets {id, type, timestamp, data, customer, tags} and returns {data, type?}, or null to drop the event. null = the event as it is.",
  });

const shape = {
  url: urlInput("Give the URL that events are sent to"),
  description: storable(z.string().trim().max(2_000)),
  customer: storable(
    z.string().trim().min(1, "Give the customer's id, or leave it out").max(MAX_CUSTOMER_LENGTH),
  ).nullable(),
  subscriptions: subscriptions.meta({ description: "Event type names, or prefixes such as order.*; empty = all." }),
  headers,
  timeoutSeconds: z
    .int("Give a whole number of seconds")
    .min(1, "A delivery may take at least a second")
    .max(60, "A delivery may take at most 60 seconds"),
  retrySchedule: retrySchedule("null = its event type's, or the default"),
  expectedStatuses,
  format: z.enum(FORMATS),
  method: z.enum(METHODS),
  maxAgeSeconds: z
    .preprocess(
      optionalAge,
      z
        .int("Give a time such as 30m, 12h or 3d, or nothing")
        .min(1, "Give at least a second")
        .max(MAX_AGE_SECONDS, "Deliveries are kept trying for at most 30 days")
        .nullable(),
    )
    .meta({ description: "A delivery older than this is given up; null = its schedule alone decides." }),
  rateLimit: optional(
    z
      .number("Give a number, or nothing")
      .min(0.01, "At least 0.01 per second")
      .max(MAX_RATE, `At most ${MAX_RATE} per second`),
  ).meta({
    description: "Deliveries per second in the long run; null = no limit.",
  }),
  rateBurst: wholeNumber(1, MAX_RATE).meta({
    description: "How many may go at once after a quiet time; null = the rate of one second.",
  }),
  maxInFlight: wholeNumber(1, MAX_IN_FLIGHT).meta({
    description: "Calls on their way at once, over all workers; null = the usual limit.",
  }),
  ordering: z.enum(ORDERINGS).meta({
    description:
      "strict: one at a time per ordering key, the oldest first, and a failing one holds up those behind it.",
  }),
  batchSize: wholeNumber(2, MAX_BATCH_SIZE).meta({
    description: "Up to so many events in one request; null = one each.",
  }),
  authentication: authenticationInput.nullable().meta({
    description: "How the receiver is told who calls, beside the signature; null = not at all.",
  }),
  clientCertificate: clientCertificateInput.nullable().meta({
    description: "Shown to a receiver that asks for a client certificate (mutual TLS); null = none.",
  }),
  signature: z.enum(SIGNATURES).meta({
    description:
      "hmac: a secret that both sides know (v1). ed25519: a key pair, of which the receiver has the public half (v1a). After a change both kinds sign for a day.",
  }),
  filter,
  transformation,
  batchSeconds: wholeNumber(1, MAX_BATCH_SECONDS).meta({
    description: "With batchSize: send what has gathered after so many seconds; null = 5.",
  }),
};

/** A new endpoint, from the form or the API. */
export const endpointInput = z.strictObject({
  url: shape.url,
  description: shape.description.default(""),
  customer: shape.customer.default(null),
  subscriptions: shape.subscriptions.default([]),
  headers: shape.headers.default([]),
  timeoutSeconds: shape.timeoutSeconds.default(15),
  retrySchedule: shape.retrySchedule.default(null),
  expectedStatuses: shape.expectedStatuses.default([]),
  format: shape.format.default("envelope"),
  method: shape.method.default("POST"),
  maxAgeSeconds: shape.maxAgeSeconds.default(null),
  rateLimit: shape.rateLimit.default(null),
  rateBurst: shape.rateBurst.default(null),
  maxInFlight: shape.maxInFlight.default(null),
  ordering: shape.ordering.default("best_effort"),
  batchSize: shape.batchSize.default(null),
  batchSeconds: shape.batchSeconds.default(null),
  authentication: shape.authentication.default(null),
  clientCertificate: shape.clientCertificate.default(null),
  signature: shape.signature.default("hmac"),
  filter: shape.filter.default(null),
  transformation: shape.transformation.default(null),
});
export type EndpointInput = z.infer<typeof endpointInput>;

/** A change: what is left out stays. */
export const endpointPatch = z.strictObject(shape).partial();
export type EndpointPatch = z.infer<typeof endpointPatch>;

/** How long an old secret goes on signing when nobody says otherwise. */
export const DEFAULT_OVERLAP_SECONDS = 86_400;
const MAX_OVERLAP_SECONDS = 7 * 86_400;
export const rotateInput = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(MAX_OVERLAP_SECONDS, "The old secret may stay valid for at most 7 days")
    .default(DEFAULT_OVERLAP_SECONDS),
});

function refuse(problemOf: (text: string) => string | null) {
  return (text: string, context: z.RefinementCtx) => {
    const message = problemOf(text);
    if (message) context.addIssue({ code: "custom", message });
  };
}
