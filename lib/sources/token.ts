import { randomBytes } from "node:crypto";

/** 192 bits: nobody finds one by trying. */
const TOKEN_BYTES = 24;
/** What a token can look like; anything else is not even looked up. */
export const TOKEN = /^[A-Za-z0-9_-]{16,64}$/;
/** Where sources are posted to. */
export const INBOUND_PATH = "/in/";

export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString("base64url");
}
