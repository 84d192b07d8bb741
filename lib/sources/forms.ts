import { z } from "zod";
import { parseId } from "../ids.ts";
import type { Settings } from "../providers/settings.ts";
import { SYNC_TIMEOUT_MS, sourceInput, sourcePatch, sourceSecretText } from "./input.ts";
import { traitsOf } from "./provider-fields.ts";
import { headerName, place, signatureInput, tokenInput } from "./settings-input.ts";

// What the pages' forms send: a source's fields flat, as inputs have them.

const sourceId = z
  .string()
  .refine((text) => parseId("src", text) !== null, "This source does not exist")
  .transform((text) => parseId("src", text) ?? "");

export const sourceTarget = z.object({ source: sourceId });
export const sourceDeletion = z.object({ ...sourceTarget.shape, confirmation: z.string().trim() });

/** How long the secrets that were there before go on proving calls; `for_good` leaves them alone. */
const overlap = z.enum(["for_good", "3600", "86400", "604800", "0"]).default("for_good");
export const secretAddition = z.object({ ...sourceTarget.shape, secret: sourceSecretText, overlap });

export function overlapSecondsOf(chosen: z.infer<typeof overlap>): number | null {
  return chosen === "for_good" ? null : Number(chosen);
}

export const secretEnd = z.object({
  ...sourceTarget.shape,
  secretId: z.uuid("This secret does not exist any more").meta({ secret: false }),
  afterSeconds: z.coerce
    .number()
    .int()
    .min(0)
    .max(7 * 86_400)
    .default(0),
});

const created = sourceInput.shape;
const MS = 1_000;

const fields = {
  name: created.name,
  description: created.description,
  typeAt: place.optional(),
  idAt: place.optional(),
  header: headerName.optional(),
  signature: signatureInput.optional(),
  jwt: tokenInput.optional().meta({ secret: false }),
  allowCidrs: created.allowCidrs,
  rateLimit: created.rateLimit,
  forwardHeaders: created.forwardHeaders,
  typePrefix: z.preprocess((text) => text ?? "", created.typePrefix.unwrap()),
  typeMap: created.typeMap,
  customerAt: created.customerAt,
  answerStatus: z
    .int("Give a status such as 200")
    .min(200, "Give a status from 200 to 599")
    .max(599, "Give a status from 200 to 599")
    .default(200),
  answerHeaders: answerPart("headers"),
  answerBody: answerPart("body"),
  syncEndpoint: z.string().default(""),
  syncSeconds: z
    .number("Give a number of seconds")
    .min(SYNC_TIMEOUT_MS.least / MS, "Give at least 0.1 s")
    .max(SYNC_TIMEOUT_MS.most / MS, `Callers wait at most ${SYNC_TIMEOUT_MS.most / MS} s`)
    .default(SYNC_TIMEOUT_MS.usual / MS),
  syncHeaders: syncPart("headers"),
};

function answerPart<Name extends "headers" | "body">(name: Name) {
  return created.answer.unwrap().unwrap().shape[name];
}

function syncPart<Name extends "headers">(name: Name) {
  return created.sync.unwrap().unwrap().shape[name];
}

/** A secret may be added later: some providers make it only once they have the URL. */
export const sourceForm = z.object({
  provider: created.provider,
  secret: z.string().trim().default("").meta({ secret: true }),
  ...fields,
});

export const sourceEdit = z.object({ ...sourceTarget.shape, ...fields });

type Form = Omit<z.infer<typeof sourceEdit>, "source">;

/** The fields of a form as a source's own, still to be checked by its schema. */
function fromForm(form: Form, settings: Settings) {
  const { answerStatus: status, answerHeaders: headers, answerBody: body } = form;
  const isUsual = status === 200 && headers.length === 0 && body === "";
  const { name, description, allowCidrs, rateLimit, forwardHeaders, typePrefix, typeMap, customerAt } = form;
  return {
    name,
    description,
    allowCidrs,
    rateLimit,
    forwardHeaders,
    typePrefix,
    typeMap,
    customerAt,
    config: settings,
    answer: isUsual ? null : { status, headers, body },
    sync: form.syncEndpoint
      ? { endpoint: form.syncEndpoint, timeoutMs: Math.round(form.syncSeconds * MS), headers: form.syncHeaders }
      : null,
  };
}

/** Only what the provider's file looks at; the other fields are not in its form. */
function settingsOf(provider: z.infer<typeof sourceForm>["provider"], form: Form): Settings {
  const { fields: known } = traitsOf(provider);
  return {
    ...(known.includes("reading") && {
      ...(form.typeAt && { typeAt: form.typeAt }),
      ...(form.idAt && { idAt: form.idAt }),
    }),
    ...(known.includes("header") && form.header && { header: form.header }),
    ...(known.includes("signature") && form.signature && { signature: form.signature }),
    ...(known.includes("token") && form.jwt && { token: form.jwt }),
  };
}

export function newSourceFrom({ provider, secret, ...form }: z.infer<typeof sourceForm>) {
  const secrets = secret ? [secret] : [];
  return sourceInput.safeParse({ provider, secrets, ...fromForm(form, settingsOf(provider, form)) });
}

export function changedSourceFrom(provider: z.infer<typeof sourceForm>["provider"], form: Form) {
  return sourcePatch.safeParse(fromForm(form, settingsOf(provider, form)));
}

/** The form's names of the schema's fields: where an error of one stands in the form. */
const FORM_NAMES: Record<string, string> = {
  secrets: "secret",
  "config.token": "jwt",
  "answer.status": "answerStatus",
  "answer.headers": "answerHeaders",
  "answer.body": "answerBody",
  "sync.endpoint": "syncEndpoint",
  "sync.timeoutMs": "syncSeconds",
  "sync.headers": "syncHeaders",
};

/** Under which input a problem at this place is told. */
export function formNameOf(path: string): string {
  const [first = "", second = ""] = path.split(".");
  return FORM_NAMES[`${first}.${second}`] ?? FORM_NAMES[first] ?? (first === "config" ? second : first);
}
