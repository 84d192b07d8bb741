import { errorFields, log } from "../log.ts";
import { decryptSecret, encryptSecret, SecretError } from "../secrets/cipher.ts";
import type { EndpointInput } from "./input.ts";
import { MASK } from "./reserved-headers.ts";

type Header = EndpointInput["headers"][number];

/** An endpoint's own headers as they are stored: an encrypted JSON array of [name, value]; null = none. */
export function sealHeaders(endpointId: string, headers: Header[]): Buffer | null {
  if (headers.length === 0) return null;
  return encryptSecret(JSON.stringify(headers.map(({ name, value }) => [name, value])), placeOf(endpointId));
}

export function openHeaders(endpointId: string, sealed: Buffer | null): Header[] {
  if (!sealed) return [];
  const pairs: [string, string][] = JSON.parse(decryptSecret(sealed, placeOf(endpointId)));
  return pairs.map(([name, value]) => ({ name, value }));
}

/** The headers with masked values. Those that cannot be read must not take the whole list down with them. */
export function maskedHeaders(endpointId: string, sealed: Buffer | null): Header[] {
  try {
    return openHeaders(endpointId, sealed).map(({ name }) => ({ name, value: MASK }));
  } catch (error) {
    if (!(error instanceof SecretError)) throw error;
    log("error", "endpoint-headers", errorFields(error));
    return [];
  }
}

/**
 * The headers as they shall be: a masked value stands for the one that is stored under that name. `stored` is asked only
 * when there is one, so that headers that cannot be read any more can be replaced.
 */
export function mergeHeaders(
  stored: () => Header[],
  given: Header[],
): { headers: Header[] } | { valueMissing: string } {
  const headers: Header[] = [];
  for (const { name, value } of given) {
    const kept = value === MASK ? stored().find((one) => one.name.toLowerCase() === name.toLowerCase())?.value : value;
    if (kept === undefined) return { valueMissing: name };
    headers.push({ name, value: kept });
  }
  return { headers };
}

function placeOf(endpointId: string) {
  return { table: "endpoint", column: "headers", id: endpointId };
}
