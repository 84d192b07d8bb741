import { createPublicKey } from "node:crypto";
import { createLocalJWKSet, errors, type JWTVerifyOptions, jwtVerify } from "jose";
import { type Call, type Proof, refuse } from "./call.ts";
import { configuredReading } from "./configured.ts";
import { ANY_METHOD, type Provider } from "./provider.ts";
import type { Settings, TokenSettings } from "./settings.ts";

export const DEFAULT_TOKEN: TokenSettings = { algorithms: ["HS256"] };
const CLOCK_SECONDS = 30;

/**
 * A JWT after `Bearer`, or in a named header. The algorithms are the source's own, never the token's choice; keys that
 * the token itself carries are not looked at. A secret is a shared text, or a public key in PEM.
 */
export const jwt: Provider = {
  label: "JWT",
  secret: {
    label: "Secret or public key",
    hint: "A shared text, or a public key in PEM; or give the address of a JWKS",
  },
  prove,
  methods: ANY_METHOD,
  read: configuredReading,
};

async function prove(call: Call, secrets: readonly string[], settings: Settings): Promise<Proof> {
  const { header = "authorization", token: wanted = DEFAULT_TOKEN } = settings;
  const name = header.toLowerCase();
  const given = call.headers.get(name);
  if (given === undefined) return refuse({ code: "header_missing", header: name });
  const token = name === "authorization" ? /^bearer +(\S+)$/i.exec(given)?.[1] : given;
  if (token === undefined) return refuse({ code: "header_malformed", header: name });
  if (secrets.length === 0 && !wanted.keys) return refuse({ code: "no_secret" });
  const options = optionsOf(call, wanted);
  let fault = wanted.keys ? await faultOf(() => verifyByKeys(token, wanted, options)) : null;
  if (wanted.keys && fault === null) return { proven: true, secret: null };
  for (const [index, secret] of secrets.entries()) {
    fault = await faultOf(() => jwtVerify(token, keyOf(secret), options));
    if (fault === null) return { proven: true, secret: index };
    // Signed by this one, and yet not acceptable: the others would only say that they did not sign it.
    if (fault !== MISMATCH) break;
  }
  return refuse(fault === MISMATCH || fault === null ? { code: "mismatch" } : { code: "token", why: fault });
}

function optionsOf(call: Call, { algorithms, issuer, audience }: TokenSettings): JWTVerifyOptions {
  return {
    algorithms: algorithms.filter((name) => name !== "none"),
    requiredClaims: ["exp"],
    clockTolerance: CLOCK_SECONDS,
    currentDate: call.receivedAt,
    ...(issuer && { issuer }),
    ...(audience && { audience }),
  };
}

function jwks({ keys }: TokenSettings) {
  return { keys: keys?.keys ?? [] } as Parameters<typeof createLocalJWKSet>[0];
}

/** A token that does not name its key is tried with each that it may have been signed with. */
async function verifyByKeys(token: string, wanted: TokenSettings, options: JWTVerifyOptions): Promise<void> {
  try {
    await jwtVerify(token, createLocalJWKSet(jwks(wanted)), options);
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      const fault = await jwtVerify(token, key, options).then(
        () => null,
        (one: unknown) => one,
      );
      if (fault === null) return;
      // Signed by this one, and yet not acceptable.
      if (!(fault instanceof errors.JWSSignatureVerificationFailed)) throw fault;
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

/** A PEM is a public key and never a shared secret: it is known to everybody. */
function keyOf(secret: string) {
  return secret.includes("-----BEGIN") ? createPublicKey(secret) : Buffer.from(secret);
}

const MISMATCH = "mismatch";

/** Why a token is not acceptable, in words; `mismatch` when this key did not sign it; null when all is well. */
async function faultOf(check: () => Promise<unknown>): Promise<string | null> {
  try {
    await check();
    return null;
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey) {
      return MISMATCH;
    }
    if (error instanceof errors.JWTExpired) return "it has expired";
    if (error instanceof errors.JWTClaimValidationFailed) return `its claim ${error.claim} is not acceptable`;
    if (error instanceof errors.JOSEAlgNotAllowed)
      return "it is signed with an algorithm that this source does not allow";
    if (error instanceof errors.JOSEError) return "it is not a signed JWT of the usual form";
    // A key of the wrong kind for the algorithm, such as a PEM with HS256.
    return MISMATCH;
  }
}
