import { z } from "zod";
import { PROVIDERS } from "../providers/names.ts";
import { SOURCE_STATUSES } from "../sources/states.ts";
import type { Shape } from "./route.ts";

// What answers about sources look like.

const moment = z.iso.datetime();
const idOf = (prefix: string) => z.string().meta({ description: `An id that starts with ${prefix}_` });

const secretFacts = z.object({
  id: z.string(),
  ending: z.string().meta({ description: "Its last characters; empty when it is too short to show any." }),
  createdAt: moment,
  expiresAt: moment.nullable(),
});

export const sourceShape = {
  name: "Source",
  schema: z.object({
    id: idOf("src"),
    name: z.string(),
    description: z.string(),
    provider: z.enum(PROVIDERS),
    url: z.string().meta({
      description:
        "What is pasted at the provider. Its end is masked for keys without the scope write: who knows it may post.",
    }),
    config: z.record(z.string(), z.unknown()),
    answer: z
      .object({ status: z.int(), headers: z.record(z.string(), z.string()), body: z.string() })
      .nullable()
      .meta({ description: "null = 200 with an empty body." }),
    allowCidrs: z.array(z.string()),
    rateLimit: z.number().nullable(),
    forwardHeaders: z.array(z.string()),
    typePrefix: z.string(),
    typeMap: z.record(z.string(), z.string()),
    customerAt: z.string().nullable(),
    sync: z.object({ endpoint: idOf("ep"), timeoutMs: z.int(), headers: z.array(z.string()) }).nullable(),
    status: z.enum(SOURCE_STATUSES),
    statusSince: moment,
    createdAt: moment,
  }),
} satisfies Shape;

export const sourceDetailShape = {
  name: "SourceWithSecrets",
  schema: sourceShape.schema.extend({
    secrets: z
      .array(secretFacts)
      .meta({ description: "Those that prove calls now, newest first, without themselves." }),
  }),
} satisfies Shape;

export const sourceSecretsShape = {
  name: "SourceSecrets",
  schema: z.object({ secrets: z.array(secretFacts.extend({ secret: z.string() })) }),
} satisfies Shape;
