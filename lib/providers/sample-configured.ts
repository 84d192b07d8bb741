import { SignJWT } from "jose";
import { signatureOf } from "./digest.ts";
import { DEFAULT_SIGNATURE, signedParts } from "./hmac.ts";
import { DEFAULT_TOKEN } from "./jwt.ts";
import { type Fields, fieldsOf } from "./reading.ts";
import type { Asked, Sample, SampleCall } from "./sample.ts";

// Senders without a form of their own: what they say stands where the source looks for it.

const TYPE = "test.sent";
const TOKEN_SECONDS = 60;
type Headers = Record<string, string>;

export const unsignedSample: Sample = (asked) => configuredCall(asked, () => ({}));

export const basicSample: Sample = (asked, secret) => configuredCall(asked, () => basic(secret));

export const bearerSample: Sample = (asked, secret) =>
  configuredCall(asked, () => shown(asked.settings.header ?? "authorization", secret));

/** A secret with a colon is a user and a password, any other a token. */
export const shownSample: Sample = (asked, secret) => {
  const { header } = asked.settings;
  if (header) return configuredCall(asked, () => shown(header, secret));
  return configuredCall(asked, () => (secret.includes(":") ? basic(secret) : shown("authorization", secret)));
};

export const hmacSample: Sample = (asked, key) => {
  const { signature = DEFAULT_SIGNATURE } = asked.settings;
  const { prefix = "", timestampHeader, template = "{body}" } = signature;
  const time = timestampHeader ? String(Math.floor(asked.at.getTime() / 1_000)) : "";
  return configuredCall(asked, (body) => ({
    ...(timestampHeader && { [timestampHeader.toLowerCase()]: time }),
    [signature.header.toLowerCase()]: `${prefix}${signatureOf({ ...signature, key }, ...signedParts(template, time, body))}`,
  }));
};

/** A key of two halves cannot sign here: only the public one is known. */
export const jwtSample: Sample = async (asked, secret) => {
  const { header = "authorization", token = DEFAULT_TOKEN } = asked.settings;
  const alg = token.algorithms.find((name) => name.startsWith("HS"));
  if (!alg || secret.includes("-----BEGIN")) return null;
  const claims = new SignJWT({ jti: asked.id }).setProtectedHeader({ alg }).setIssuedAt(asked.at);
  if (token.issuer) claims.setIssuer(token.issuer);
  if (token.audience) claims.setAudience(token.audience);
  const end = new Date(asked.at.getTime() + TOKEN_SECONDS * 1_000);
  const signed = await claims.setExpirationTime(end).sign(Buffer.from(secret));
  return configuredCall(asked, () => shown(header, signed));
};

function basic(secret: string): Headers {
  return { authorization: `Basic ${Buffer.from(secret).toString("base64")}` };
}

function shown(header: string, token: string): Headers {
  const name = header.toLowerCase();
  return { [name]: name === "authorization" ? `Bearer ${token}` : token };
}

function configuredCall(asked: Asked, proof: (body: Buffer) => Headers): SampleCall {
  const { typeAt = "type", idAt = "id" } = asked.settings;
  const said: [string, string][] = [
    [typeAt, TYPE],
    [idAt, `test_${asked.id}`],
  ];
  const headers = said.flatMap(([place, value]) =>
    place.startsWith("header:") ? [[place.slice(7).toLowerCase(), value]] : [],
  );
  const fields = said
    .filter(([place]) => !place.startsWith("header:"))
    .reduce((sum, [place, value]) => withPath(sum, place.split("."), value), fieldsOf(null));
  const data = { message: "A test request of Posthorn", sentAt: asked.at.toISOString() };
  const body = Buffer.from(JSON.stringify({ data, ...fields }, null, 2));
  return {
    method: "POST",
    url: asked.url,
    headers: { "content-type": "application/json", ...Object.fromEntries(headers), ...proof(body) },
    body,
  };
}

/** The fields with a value at a dotted path. Made from entries: a `__proto__` in the path stays a name. */
function withPath(fields: Fields, [key = "", ...rest]: string[], value: string): Fields {
  const inner = Object.hasOwn(fields, key) ? fieldsOf(fields[key]) : fieldsOf(null);
  const others = Object.entries(fields).filter(([name]) => name !== key);
  return Object.fromEntries([...others, [key, rest.length > 0 ? withPath(inner, rest, value) : value]]);
}
