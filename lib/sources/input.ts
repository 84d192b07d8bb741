import ipaddr from "ipaddr.js";
import { z } from "zod";
import { EVENT_TYPE_NAME } from "../event-types/name.ts";
import { parseId } from "../ids.ts";
import { PROVIDERS } from "../providers/names.ts";
import { storable } from "../storable-text.ts";
import { answerHeaderProblem, answerValueProblem, mayPass } from "./answer-headers.ts";
import { mayForward } from "./forwarded-headers.ts";
import { secretProblem } from "./secret-rules.ts";
import { headerName, place, settingsInput } from "./settings-input.ts";

const MAX_NAME_LENGTH = 120;
const MAX_RANGES = 100;
const MAX_HEADERS = 30;
const MAX_MAPPED = 200;
const MAX_ANSWER_BYTES = 65_536;
const MAX_TYPE_LENGTH = 255;
const MAX_PREFIX_LENGTH = 64;
const MAX_RATE = 10_000;
const MAX_OVERLAP_SECONDS = 7 * 86_400;
/** Secrets that may prove calls at once: each of them is one more computation for a forged call. */
export const MAX_SECRETS = 10;
/** The shortest deadline among the providers is Slack's 3 s; a longer one keeps its caller, and our connection, waiting. */
export const SYNC_TIMEOUT_MS = { least: 100, usual: 2_500, most: 25_000 } as const;

/** Text areas give text with separators; the API gives the list. */
function words(value: unknown): unknown {
  const parts = typeof value === "string" ? [value] : value;
  if (!Array.isArray(parts)) return value;
  return parts.flatMap((part) => (typeof part === "string" ? part.split(/[\s,]+/).filter(Boolean) : [part]));
}

/** The API gives an object by name, a form rows. */
function rows(first: string, second: string) {
  return (value: unknown): unknown => {
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? Object.entries(value).map(([name, inner]) => ({ [first]: name, [second]: inner })) : value;
  };
}

/** A form's empty field means "none"; its text is a number. */
function optionalNumber(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const text = value.trim();
  if (text === "") return null;
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** A range as it is compared; one address is a range of itself. */
function parseRange(text: string): string | null {
  const range = text.includes("/") ? text : ipaddr.isValid(text) ? `${text}/${text.includes(":") ? 128 : 32}` : "";
  return ipaddr.isValidCIDR(range) ? range : null;
}

const allowCidrs = z
  .preprocess(
    words,
    z
      .array(
        z
          .string()
          .refine((text) => parseRange(text) !== null, "Give addresses or ranges such as 203.0.113.0/24")
          .transform((text) => parseRange(text) ?? text),
      )
      .max(MAX_RANGES, `A source has at most ${MAX_RANGES} ranges`)
      .transform((ranges) => [...new Set(ranges)]),
  )
  .meta({
    description: "Addresses and ranges that calls may come from; empty = anywhere.",
    openapi: {
      description: "Addresses and CIDR ranges that calls may come from; empty = anywhere.",
      type: "array",
      items: { type: "string" },
      maxItems: MAX_RANGES,
    },
  });

const forwardable = headerName.refine(
  (name) => mayForward(name),
  "This header is a credential or a signature, or belongs to the call alone: it does not travel on",
);

const headerNames = (check: z.ZodType<string>) =>
  z.preprocess(
    words,
    z
      .array(check)
      .max(MAX_HEADERS, `At most ${MAX_HEADERS} headers`)
      .transform((names) => [...new Set(names)]),
  );

const namesInApi = (description: string) => ({
  openapi: { description, type: "array", items: { type: "string" }, maxItems: MAX_HEADERS },
});

const answerHeaders = z
  .preprocess(
    rows("name", "value"),
    z
      .array(
        z.strictObject({
          name: z.string().trim().superRefine(refuse(answerHeaderProblem)),
          value: z.string().trim().superRefine(refuse(answerValueProblem)),
        }),
      )
      .max(MAX_HEADERS, `At most ${MAX_HEADERS} headers`),
  )
  .meta({
    openapi: { type: "object", maxProperties: MAX_HEADERS, additionalProperties: { type: "string" } },
  });

const answer = z
  .strictObject({
    status: z
      .int("Give a status such as 200")
      .min(200, "Give a status from 200 to 599")
      .max(599, "Give a status from 200 to 599")
      .refine((status) => status !== 304, "304 speaks of a stored answer: there is none")
      .default(200),
    headers: answerHeaders.default([]),
    body: storable(z.string())
      .refine((text) => Buffer.byteLength(text) <= MAX_ANSWER_BYTES, `At most ${MAX_ANSWER_BYTES} bytes`)
      .default(""),
  })
  .nullable()
  .meta({ description: "What accepted calls are answered with; null = 200 with an empty body." });

const endpointId = z
  .string()
  .refine((text) => parseId("ep", text) !== null, "Give the id of an endpoint, ep_…")
  .transform((text) => parseId("ep", text) ?? "")
  .meta({ openapi: { type: "string", description: "An id that starts with ep_" } });

const sync = z
  .strictObject({
    endpoint: endpointId,
    timeoutMs: z
      .int("Give a whole number of milliseconds")
      .min(SYNC_TIMEOUT_MS.least, `Give at least ${SYNC_TIMEOUT_MS.least} ms`)
      .max(SYNC_TIMEOUT_MS.most, `Callers wait at most ${SYNC_TIMEOUT_MS.most / 1_000} s`)
      .default(SYNC_TIMEOUT_MS.usual),
    headers: headerNames(
      headerName.refine(mayPass, "This header is not passed on: it speaks of the endpoint's own site"),
    )
      .default([])
      .meta(namesInApi("Headers of the endpoint's answer that the caller gets, beside content-type.")),
  })
  .nullable()
  .meta({ description: "Whose answer the caller gets when it comes in time; null = callers are answered at once." });

const typeMap = z
  .preprocess(
    rows("theirs", "ours"),
    z
      .array(
        z.strictObject({
          theirs: storable(z.string().trim().min(1, "Give the provider's type").max(MAX_TYPE_LENGTH)),
          ours: z
            .string()
            .trim()
            .regex(EVENT_TYPE_NAME, "An event type has letters, digits, dots, hyphens and underscores"),
        }),
      )
      .max(MAX_MAPPED, `At most ${MAX_MAPPED} types`)
      .refine((pairs) => new Set(pairs.map(({ theirs }) => theirs)).size === pairs.length, "A type is named twice"),
  )
  .meta({
    openapi: {
      description: "The provider's types that become another event type, by the provider's name.",
      type: "object",
      maxProperties: MAX_MAPPED,
      additionalProperties: { type: "string" },
    },
  });

export const sourceSecretText = z.string().trim().min(1, "Give the secret").meta({ secret: true });

const secrets = z.array(sourceSecretText).max(MAX_SECRETS, `A source has at most ${MAX_SECRETS} secrets`);
const SECRETS_WORDS =
  "What calls are proven with, any one of them, the newest last. Left out, one is made where it is ours to choose.";

const shape = {
  name: storable(z.string().trim().min(1, "Give the source a name").max(MAX_NAME_LENGTH)),
  description: storable(z.string().trim().max(2_000)),
  config: settingsInput.meta({ description: "What the provider's scheme leaves open, such as a header's name." }),
  answer,
  allowCidrs,
  rateLimit: z
    .preprocess(
      optionalNumber,
      z
        .number("Give a number, or nothing")
        .min(0.1, "At least 0.1 per second")
        .max(MAX_RATE, `At most ${MAX_RATE} per second`)
        .nullable(),
    )
    .meta({ description: "Calls per second that one web process takes; beyond it they get 429. null = no limit." }),
  forwardHeaders: headerNames(forwardable).meta(
    namesInApi("Received headers that travel on to endpoints. Credentials and signatures never do."),
  ),
  typePrefix: z
    .string()
    .trim()
    .max(MAX_PREFIX_LENGTH)
    .regex(/^$|^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/, "Use letters, digits, hyphens and underscores, with dots between")
    .meta({
      description: "What stands before the provider's type: stripe makes stripe.invoice.paid; empty = nothing.",
    }),
  typeMap,
  customerAt: place.nullable().meta({
    description: "Where the customer's id stands: a dotted path in the body, or header:x-name; null = nowhere.",
  }),
  sync,
};

/** A new source, from the form or the API. */
export const sourceInput = z
  .strictObject({
    provider: z.enum(PROVIDERS),
    name: shape.name,
    description: shape.description.default(""),
    secrets: secrets.default([]).meta({ description: SECRETS_WORDS }),
    config: shape.config.default({}),
    answer: shape.answer.default(null),
    allowCidrs: shape.allowCidrs.default([]),
    rateLimit: shape.rateLimit.default(null),
    forwardHeaders: shape.forwardHeaders.default([]),
    typePrefix: shape.typePrefix.optional(),
    typeMap: shape.typeMap.default([]),
    customerAt: shape.customerAt.default(null),
    sync: shape.sync.default(null),
  })
  .superRefine(({ provider, secrets }, context) => {
    for (const [index, secret] of secrets.entries()) {
      const message = secretProblem(provider, secret);
      if (message) context.addIssue({ code: "custom", path: ["secrets", index], message });
    }
  });
export type SourceInput = z.infer<typeof sourceInput>;

/** A change: what is left out stays. A source keeps its provider. */
export const sourcePatch = z
  .strictObject({
    ...shape,
    secrets: secrets.meta({ description: "All of them anew: those that are not among them end at once." }),
  })
  .partial();
export type SourcePatch = z.infer<typeof sourcePatch>;

/** A further secret; with `overlapSeconds` the others end after it. */
export const addSecretInput = z.strictObject({
  secret: sourceSecretText,
  overlapSeconds: z
    .int()
    .min(0)
    .max(MAX_OVERLAP_SECONDS, "The others may stay valid for at most 7 days")
    .nullable()
    .default(null)
    .meta({ description: "How long the other secrets go on proving calls; null = for good, 0 = they end now." }),
});

function refuse(problemOf: (text: string) => string | null) {
  return (text: string, context: z.RefinementCtx) => {
    const message = problemOf(text);
    if (message) context.addIssue({ code: "custom", message });
  };
}
