import type { Call } from "../providers/call.ts";
import type { ProviderName } from "../providers/names.ts";
import { traitsOf } from "./provider-fields.ts";

/** How the URL that was signed differs from the one that this source has. */
export type AddressChange = "scheme" | "slash" | "host" | "query";

/** Addresses under which the provider may have entered the source. */
export function* signedAddresses({ provider, call }: { provider: ProviderName; call: Call }) {
  if (!traitsOf(provider).signsUrl) return;
  for (const { how, base } of bases(call)) {
    const other = base.startsWith("https:") ? base.replace(/^https:/, "http:") : base.replace(/^http:/, "https:");
    if (how) yield { how, url: base };
    yield { how: how ?? ("scheme" as const), url: other };
    const [path = "", query] = base.split("?");
    const slashed = path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
    yield { how: how ?? ("slash" as const), url: query === undefined ? slashed : `${slashed}?${query}` };
    if (query !== undefined) yield { how: how ?? ("query" as const), url: path };
  }
}

/** The source's own address, and the one that the call names as its host. */
function* bases(call: Call): Generator<{ how: AddressChange | null; base: string }> {
  yield { how: null, base: call.url };
  const own = new URL(call.url);
  for (const name of ["x-forwarded-host", "x-original-host", "host"]) {
    const host = call.headers.get(name)?.split(",")[0]?.trim();
    if (!host || host === own.host || !/^[\w.:-]{1,255}$/.test(host)) continue;
    yield { how: "host", base: call.url.replace(`//${own.host}`, `//${host}`) };
  }
}
