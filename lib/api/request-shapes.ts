import { z } from "zod";
import { VERDICTS } from "../sources/states.ts";
import type { Shape } from "./route.ts";
import { fields, idOf, moment } from "./shapes.ts";

export const requestShape = {
  name: "Request",
  schema: z.object({
    id: idOf("req"),
    source: idOf("src"),
    receivedAt: moment,
    method: z.string(),
    path: z.string().meta({ description: "Path and query as they came, with the token and secrets masked." }),
    contentType: z.string().nullable(),
    bodyBytes: z.int(),
    verdict: z.enum(VERDICTS).meta({ description: "`refused` and `unparsable` ones wait in quarantine." }),
    fault: z
      .object({ code: z.string() })
      .catchall(z.unknown())
      .nullable()
      .meta({ description: "Why it was not accepted at once; still told when it was accepted later." }),
    type: z.string().nullable().meta({ description: "The provider's word for what happened." }),
    externalId: z.string().nullable().meta({ description: "The provider's id for it." }),
    providerAttempt: z.int().nullable().meta({ description: "Which time the provider sends it, when it says so." }),
    events: z.array(idOf("evt")).meta({ description: "What it became." }),
    duplicateOf: idOf("evt")
      .nullable()
      .meta({ description: "The event that an earlier call with the same id became." }),
    deliveryCount: z.int(),
    remoteAddress: z.string().nullable(),
    answerStatus: z.int(),
    acceptedAt: moment.nullable().meta({ description: "When it was accepted, if later than it came." }),
    acceptedBy: z.string().nullable(),
  }),
} satisfies Shape;

export const requestDetailShape = {
  name: "RequestWithBody",
  schema: requestShape.schema.extend({
    sourceName: z.string().nullable(),
    provider: z.string().nullable(),
    headers: fields.meta({ description: "In the order of arrival; credentials are shown as ••••••••." }),
    body: z.string().nullable().meta({ description: "The bytes as base64; null when they are no longer kept." }),
    text: z.string().nullable().meta({ description: "The body as text; null when it is none." }),
  }),
} satisfies Shape;
