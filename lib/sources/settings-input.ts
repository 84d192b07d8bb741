import { z } from "zod";
import { ALGORITHMS, ENCODINGS } from "../providers/digest.ts";
import { storable } from "../storable-text.ts";

const MAX_PLACE_LENGTH = 200;
const MAX_TEXT_LENGTH = 300;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/;
/** A PEM or a JWKS proves these; HS needs a shared text. `none` is no algorithm. */
export const TOKEN_ALGORITHMS = [
  "HS256",
  "HS384",
  "HS512",
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
] as const;

export const headerName = z
  .string()
  .trim()
  .regex(HEADER_NAME, "A header name has only letters, digits and hyphens")
  .transform((name) => name.toLowerCase());

/** Where a value stands: `header:x-name`, or a dotted path in the body. */
export const place = storable(z.string().trim().min(1).max(MAX_PLACE_LENGTH)).refine(
  (text) => !text.startsWith("header:") || HEADER_NAME.test(text.slice(7)),
  "Give a dotted path such as data.type, or header: and a header's name",
);

const text = storable(z.string().max(MAX_TEXT_LENGTH));

export const signatureInput = z.strictObject({
  header: headerName,
  algorithm: z.enum(ALGORITHMS).default("sha256"),
  encoding: z.enum(ENCODINGS).default("hex"),
  prefix: text.optional(),
  template: text
    .refine((template) => template.includes("{body}"), "What is signed has {body} in it, or the body proves nothing")
    .optional(),
  timestampHeader: headerName.optional(),
});

const keysUrl = z
  .string()
  .trim()
  .max(2_000)
  .refine(
    (url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol),
    "Give the address of a JWKS, https://…",
  );

export const tokenInput = z.strictObject({
  algorithms: z.array(z.enum(TOKEN_ALGORITHMS)).min(1, "Choose at least one algorithm").max(TOKEN_ALGORITHMS.length),
  issuer: text.optional(),
  audience: text.optional(),
  keysUrl: keysUrl.optional(),
});

/** What a source tells its provider's file, beside the secrets. */
export const settingsInput = z
  .strictObject({
    typeAt: place.optional(),
    idAt: place.optional(),
    header: headerName.optional(),
    signature: signatureInput.optional(),
    token: tokenInput.optional(),
  })
  .superRefine(({ signature }, context) => {
    if (signature?.template?.includes("{timestamp}") && !signature.timestampHeader) {
      context.addIssue({
        code: "custom",
        path: ["signature", "timestampHeader"],
        message: "Say which header the time comes in",
      });
    }
  });
