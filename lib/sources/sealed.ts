import { publicUrl } from "../env.ts";
import { idTime } from "../ids.ts";
import type { Call } from "../providers/call.ts";
import type { Settings } from "../providers/settings.ts";
import { decryptSecret, encryptSecret, type SecretPlace } from "../secrets/cipher.ts";

type Pairs = [string, string][];
/** A call's head as it came in: path and query, and headers in their order. */
export type Head = { target: string; headers: Pairs };

/** What stands for a credential wherever a call is shown. */
export const MASK = "••••••";
const CREDENTIAL_HEADERS = new Set([
  "authorization",
  "proxy-authorization",
  "cookie",
  "x-api-key",
  "x-auth-token",
  "x-access-token",
]);
const CREDENTIAL_PARAMETER = /^(secret|token|auth|key|api[-_]?key|access[-_]?token|password|passwd|sig|signature)$/i;

/** The head without what lets others post: the token, passwords and bearer tokens. Signatures prove one call only, and stay. */
export function maskHead(head: Head, { header = "authorization" }: Settings): Head {
  const named = header.toLowerCase();
  const isCredential = (name: string) => CREDENTIAL_HEADERS.has(name) || name === named;
  return {
    target: maskTarget(head.target),
    headers: head.headers.map(([name, value]) => [name, isCredential(name.toLowerCase()) ? MASK : value]),
  };
}

/** `/in/••••••?secret=••••••&a=1` */
export function maskTarget(target: string): string {
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark);
  const masked = path.replace(/^(\/in\/)[^/]*/, `$1${MASK}`);
  return masked + query.replace(/([?&])([^=&]*)=([^&]*)/g, maskParameter);
}

/** The parameters of a call's query that are no credentials, as they were written. */
export function queryWithoutCredentials(url: string): string {
  const mark = url.indexOf("?");
  const parameters = mark < 0 ? [] : url.slice(mark + 1).split("&");
  return parameters.filter((one) => one !== "" && !isCredentialName(one.split("=", 1)[0] ?? "")).join("&");
}

function maskParameter(whole: string, before: string, name: string): string {
  return isCredentialName(name) ? `${before}${name}=${MASK}` : whole;
}

function isCredentialName(name: string): boolean {
  return CREDENTIAL_PARAMETER.test(decoded(name));
}

function decoded(name: string): string {
  return new URLSearchParams(`${name}=`).keys().next().value ?? "";
}

/** The head as it came, for a call that is to be judged again. */
export function seal(requestId: string, head: Head): Buffer {
  return encryptSecret(JSON.stringify(head), placeOf(requestId));
}

export type SealedRow = {
  id: string;
  method: string;
  path: string;
  headers: Pairs;
  sealed: Buffer | null;
  body: Buffer;
};

/** The call as it came, as far as it is still known: what is masked and was not sealed stays masked. */
export function openSealed({ id, method, path, headers, sealed, body }: SealedRow): Call {
  const head: Head = sealed ? JSON.parse(decryptSecret(sealed, placeOf(id))) : { target: path, headers };
  return callOf(id, method, head, body);
}

/** A request's id says when it came: what is judged by the clock is judged by that time, however much later. */
export function callOf(requestId: string, method: string, { target, headers }: Head, body: Buffer): Call {
  return { method, url: publicUrl() + target, headers: byName(headers), body, receivedAt: idTime(requestId) };
}

function byName(headers: Pairs): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    const before = found.get(lower);
    found.set(lower, before === undefined ? value : `${before}, ${value}`);
  }
  return found;
}

function placeOf(requestId: string): SecretPlace {
  return { table: "request", column: "sealed", id: requestId };
}
