import { MASK } from "../endpoints/reserved-headers.ts";
import { shownUrl } from "../endpoints/shown-url.ts";
import type { Format } from "../formats/names.ts";

const SECRET_NAME = /token|secret|passw|pwd|key|sig|auth|code|credential/i;

/** A URL as history keeps it: without what chats keep secret in it, and without parameters that sound like a secret. */
export function shownAddress(url: URL, format: Format): string {
  const shown = shownUrl({ url: url.href, format });
  const [address = "", query] = shown.split(/\?(.*)/s);
  if (query === undefined) return address;
  const parts = query.split("&").map((part) => {
    const [name = ""] = part.split("=");
    return SECRET_NAME.test(name) && part.includes("=") ? `${name}=${MASK}` : part;
  });
  return `${address}?${parts.join("&")}`;
}
