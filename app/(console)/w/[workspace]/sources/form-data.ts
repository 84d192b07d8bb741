import { endpointName } from "@/components/endpoints/endpoint-name";
import type { EndpointChoice, ProviderFacts, SourceValues } from "@/components/sources/source-values";
import { urlParts } from "@/components/ui/format";
import { listEndpoints } from "@/lib/endpoints/queries.ts";
import { formatId } from "@/lib/ids.ts";
import { ALGORITHMS, ENCODINGS } from "@/lib/providers/digest.ts";
import { DEFAULT_SIGNATURE } from "@/lib/providers/hmac.ts";
import { DEFAULT_TOKEN } from "@/lib/providers/jwt.ts";
import type { ProviderName } from "@/lib/providers/names.ts";
import { providerOf } from "@/lib/providers/registry.ts";
import { MAX_PAGE_LIMIT } from "@/lib/reports/page.ts";
import { SYNC_TIMEOUT_MS } from "@/lib/sources/input.ts";
import { traitsOf } from "@/lib/sources/provider-fields.ts";
import type { SourceRow } from "@/lib/sources/queries.ts";
import { TOKEN_ALGORITHMS } from "@/lib/sources/settings-input.ts";

const SCHEMES = {
  algorithms: ALGORITHMS,
  encodings: ENCODINGS,
  tokenAlgorithms: TOKEN_ALGORITHMS,
  signature: DEFAULT_SIGNATURE,
  token: DEFAULT_TOKEN,
};

/** What the form of a source shows beside the source's own values. */
export async function sourceFormData(workspaceId: string, provider: ProviderName) {
  return { provider: factsOf(provider), endpoints: await endpointChoices(workspaceId), schemes: SCHEMES };
}

/** What a page says of a provider. */
export function factsOf(name: ProviderName): ProviderFacts {
  const { label, secret } = providerOf(name);
  const { secret: from, fields } = traitsOf(name);
  return { name, label, secret, from, fields };
}

async function endpointChoices(workspaceId: string): Promise<EndpointChoice[]> {
  const { rows } = await listEndpoints(workspaceId, {}, { limit: MAX_PAGE_LIMIT });
  const names = rows.map(endpointName);
  return rows.map((row, index) => ({ id: formatId("ep", row.id), name: toldApart(row.url, names, index) }));
}

/** Where several have the same name, it is followed by the address. */
function toldApart(url: string, names: string[], index: number): string {
  const name = names[index] ?? "";
  if (names.indexOf(name) === names.lastIndexOf(name)) return name;
  const { host, path } = urlParts(url);
  return name === host ? `${host}${path}` : `${name}, ${host}${path}`;
}

export function newSourceValues(provider: ProviderName): SourceValues {
  return {
    name: providerOf(provider).label,
    description: "",
    settings: {},
    allowCidrs: "",
    rateLimit: "",
    forwardHeaders: "",
    typePrefix: traitsOf(provider).prefix,
    typeMap: [],
    customerAt: "",
    answerStatus: "200",
    answerHeaders: [],
    answerBody: "",
    syncEndpoint: "",
    syncSeconds: String(SYNC_TIMEOUT_MS.usual / 1_000),
    syncHeaders: "",
  };
}

export function sourceValues(source: SourceRow): SourceValues {
  const { name, description, settings, typePrefix, typeMap, answer } = source;
  return {
    name,
    description,
    settings,
    typePrefix,
    typeMap,
    allowCidrs: source.allowCidrs.join("\n"),
    rateLimit: source.rateLimit === null ? "" : String(source.rateLimit),
    forwardHeaders: source.forwardHeaders.join("\n"),
    customerAt: source.customerAt ?? "",
    answerStatus: String(answer?.status ?? 200),
    answerHeaders: answer?.headers ?? [],
    answerBody: answer?.body ?? "",
    syncEndpoint: source.syncEndpointId ? formatId("ep", source.syncEndpointId) : "",
    syncSeconds: String(source.syncTimeoutMs / 1_000),
    syncHeaders: source.syncHeaders.join(", "),
  };
}
