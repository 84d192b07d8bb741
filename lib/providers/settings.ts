import type { Algorithm, Encoding } from "./digest.ts";

/** What a source tells its provider's file, beside the secrets; every part has a default. */
export type Settings = {
  /** Where a configurable provider finds the event's type and id: a dotted path in the body, or `header:x-name`. */
  typeAt?: string;
  idAt?: string;
  /** Generic HMAC. */
  signature?: SignatureSettings;
  /** JWT. */
  token?: TokenSettings;
  /** The header a bearer-like secret comes in; default `authorization`. */
  header?: string;
};

export type SignatureSettings = {
  header: string;
  algorithm: Algorithm;
  encoding: Encoding;
  /** What stands before the signature in its header, such as `sha256=`. */
  prefix?: string;
  /** What is signed: `{body}`, and `{timestamp}` when there is one. */
  template?: string;
  timestampHeader?: string;
};

export type TokenSettings = {
  algorithms: string[];
  issuer?: string;
  audience?: string;
  /** Where the provider publishes its keys as a JWKS; see lib/sources/jwks.ts. */
  keysUrl?: string;
  /** The keys found there, handed in by the caller. */
  keys?: { keys: Record<string, unknown>[] };
};
