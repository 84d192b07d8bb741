import { z } from "zod";
import { editedUrl, endpointTarget } from "../endpoints/forms.ts";
import { endpointInput } from "../endpoints/input.ts";
import { eventTypeName } from "../event-types/input.ts";
import { type ParsedJson, parseJson } from "../event-types/json-text.ts";
import { parseId } from "../ids.ts";
import { storable } from "../storable-text.ts";

const { url, headers, timeoutSeconds, expectedStatuses, format, method, authentication, clientCertificate, signature } =
  endpointInput.shape;

/** As much of an endpoint's form as decides how it is called; `endpoint` for one that is there already. */
export const verifyInput = z.object({
  endpoint: endpointTarget.shape.endpoint.optional(),
  url: editedUrl,
  ...{ headers, timeoutSeconds, expectedStatuses, format, method, authentication, clientCertificate, signature },
});
export type VerifyInput = z.infer<typeof verifyInput>;

const MAX_PAYLOAD_BYTES = 65_536;
const MAX_PAYLOAD_DEPTH = 512;
const MAX_TEMPLATE_NAME = 80;

const payload = storable(z.string().trim().min(1, { error: "Give a payload, if only {}", abort: true })).superRefine(
  (text, context) => {
    const isLarge = Buffer.byteLength(text) > MAX_PAYLOAD_BYTES;
    const parsed = isLarge ? null : parseJson(text, MAX_PAYLOAD_DEPTH);
    const problem = isLarge ? `A trial's payload has at most ${MAX_PAYLOAD_BYTES / 1_024} KiB` : jsonProblem(parsed);
    if (problem) context.addIssue({ code: "custom", message: problem });
  },
);

function jsonProblem(parsed: ParsedJson | null): string | null {
  return parsed && !parsed.ok ? parsed.problem : null;
}

function isUsableSecret(text: string): boolean {
  const base64 = text.replace(/^whsec_/, "");
  const bytes = Buffer.from(base64, "base64").length;
  return BASE64.test(base64) && bytes >= LEAST_SECRET_BYTES && bytes <= MOST_SECRET_BYTES;
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const LEAST_SECRET_BYTES = 16;
const MOST_SECRET_BYTES = 64;

export const TARGETS = ["endpoint", "subscribers", "url"] as const;

/** What the playground's form sends. The secret is used for this call alone, and never kept or sent back. */
export const trialInput = z
  .object({
    type: eventTypeName,
    payload,
    target: z.enum(TARGETS, "Choose where it goes").default("url"),
    endpoint: z.string().trim().default(""),
    url: z.string().trim().default(""),
    secret: z
      .string()
      .trim()
      .default("")
      .refine((text) => text === "" || isUsableSecret(text), "A signing secret is whsec_ and base64 of 16 to 64 bytes")
      .meta({ secret: true }),
  })
  .superRefine(({ target, endpoint, url: address }, context) => {
    if (target === "endpoint" && !parseId("ep", endpoint)) {
      context.addIssue({ code: "custom", path: ["endpoint"], message: "Choose an endpoint" });
    }
    const checked = target === "url" ? url.safeParse(address) : null;
    for (const { message } of checked?.error?.issues ?? []) {
      context.addIssue({ code: "custom", path: ["url"], message });
    }
  });
export type TrialInput = z.infer<typeof trialInput>;

/** An event under a name, for everybody in the workspace. */
export const templateInput = z.object({
  templateName: storable(z.string().trim().min(1, "Give the template a name").max(MAX_TEMPLATE_NAME)),
  type: eventTypeName,
  payload,
});

export const templateTarget = z.object({
  template: z
    .string()
    .refine((text) => parseId("tpl", text) !== null, "This template does not exist")
    .transform((text) => parseId("tpl", text) ?? ""),
});

/** What is pasted to have a signature checked; nothing of it is kept. */
export const signatureInput = z.object({
  body: z.string().max(1_048_576, "At most 1 MiB is checked").default(""),
  headers: z.string().max(16_384, "These are too many headers").default(""),
  signingSecret: z.string().trim().max(1_000).default("").meta({ secret: true }),
});

/** As much of the playground's form as an example is asked with; the rest only has to come back as it was. */
export const exampleInput = z.object({
  type: eventTypeName,
  intent: z.enum(["example", "random"]),
  payload: z.string().default(""),
  target: z.string().default(""),
  endpoint: z.string().default(""),
  url: z.string().default(""),
});

export const lintInput = z.object({ type: eventTypeName, payload: z.string().max(MAX_PAYLOAD_BYTES).default("") });
