import { z } from "zod";
import { errorFields, log } from "../log.ts";
import { decryptSecret, encryptSecret, SecretError } from "../secrets/cipher.ts";
import { MASK } from "./reserved-headers.ts";
import { urlInput } from "./url-input.ts";

// How an endpoint is told who calls, beside the signature. Stored encrypted as a whole, shown with its secret masked.

const MAX_NAME_LENGTH = 255;
const MAX_SECRET_LENGTH = 4_096;
/** No control characters, and no half of a surrogate pair: what was sent would be something else. */
const PRINTABLE = /^[^\p{Cc}\p{Cs}]*$/u;
const VISIBLE_ASCII = /^[\x20-\x7e]*$/;

const secret = (missing: string, allowed: RegExp, wrong: string) =>
  z
    .string()
    .min(1, { error: missing, abort: true })
    .max(MAX_SECRET_LENGTH)
    .refine((text) => text === MASK || allowed.test(text), wrong)
    .meta({ secret: true, description: "Answers show ••••••••; sent back, it keeps the stored value." });
const name = (missing: string) => z.string().trim().min(1, { error: missing, abort: true }).max(MAX_NAME_LENGTH);
const ASCII_ONLY = "has only visible ASCII characters";

const basic = z.strictObject({
  type: z.literal("basic"),
  username: name("Give the user name")
    .regex(PRINTABLE, "A user name has no control characters")
    .refine((text) => !text.includes(":"), "A user name has no colon"),
  password: secret("Give the password", PRINTABLE, "A password has no control characters"),
});
const bearer = z.strictObject({
  type: z.literal("bearer"),
  token: secret("Give the token", /^[\x21-\x7e]+$/, "A token has only visible ASCII characters and no spaces"),
});
const oauth2 = z.strictObject({
  type: z.literal("oauth2"),
  // No secret, whatever its name looks like: it comes back to the form.
  tokenUrl: urlInput("Give the URL that access tokens are asked from").meta({ secret: false }),
  clientId: name("Give the client ID").regex(VISIBLE_ASCII, `A client ID ${ASCII_ONLY}`),
  clientSecret: secret("Give the client secret", VISIBLE_ASCII, `A client secret ${ASCII_ONLY}`),
  scope: z.string().trim().max(1_000).regex(VISIBLE_ASCII, `A scope ${ASCII_ONLY}`).default(""),
  audience: z.string().trim().max(1_000).regex(VISIBLE_ASCII, `An audience ${ASCII_ONLY}`).default(""),
  clientAuthentication: z
    .enum(["header", "body"])
    .default("header")
    .meta({ description: "Where the client's ID and secret stand in the call for a token." }),
});

export const authenticationInput = z.discriminatedUnion("type", [basic, bearer, oauth2]);
export type Authentication = z.infer<typeof authenticationInput>;

export function sealAuthentication(endpointId: string, authentication: Authentication | null): Buffer | null {
  return authentication && encryptSecret(JSON.stringify(authentication), placeOf(endpointId));
}

export function openAuthentication(endpointId: string, sealed: Buffer | null): Authentication | null {
  return sealed && JSON.parse(decryptSecret(sealed, placeOf(endpointId)));
}

/** What may be shown of it. One that cannot be read must not take the whole list down with it. */
export function maskedAuthentication(endpointId: string, sealed: Buffer | null): Authentication | null {
  try {
    const authentication = openAuthentication(endpointId, sealed);
    return authentication && withSecret(authentication, MASK);
  } catch (error) {
    if (!(error instanceof SecretError)) throw error;
    log("error", "endpoint-authentication", errorFields(error));
    return null;
  }
}

/**
 * The authentication as it shall be: a masked secret stands for the stored one, as long as it goes to the same place.
 * `stored` is asked only then, so that one that cannot be read any more can be replaced.
 */
export function mergeAuthentication(
  stored: () => Authentication | null,
  given: Authentication,
): Authentication | { missing: string } {
  if (secretOf(given) !== MASK) return given;
  const before = stored();
  const missing = { missing: `authentication.${SECRET_FIELDS[given.type]}` };
  if (before?.type !== given.type) return missing;
  if (before.type === "oauth2" && given.type === "oauth2" && before.tokenUrl !== given.tokenUrl) return missing;
  return withSecret(given, secretOf(before));
}

const SECRET_FIELDS = { basic: "password", bearer: "token", oauth2: "clientSecret" } as const;

function secretOf(authentication: Authentication): string {
  if (authentication.type === "basic") return authentication.password;
  return authentication.type === "bearer" ? authentication.token : authentication.clientSecret;
}

function withSecret(authentication: Authentication, text: string): Authentication {
  return { ...authentication, [SECRET_FIELDS[authentication.type]]: text };
}

function placeOf(endpointId: string) {
  return { table: "endpoint", column: "authentication", id: endpointId };
}
