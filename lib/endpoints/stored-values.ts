import { formatOf } from "../formats/registry.ts";
import { mergeAuthentication, openAuthentication, sealAuthentication } from "./authentication.ts";
import { certificateProblem } from "./certificate-facts.ts";
import type { StoredEndpoint } from "./change.ts";
import { mergeCertificate, openCertificate, sealCertificate } from "./client-certificate.ts";
import { mergeHeaders, openHeaders, sealHeaders } from "./headers.ts";
import type { EndpointPatch } from "./input.ts";
import { MASK } from "./reserved-headers.ts";
import { shownUrl } from "./shown-url.ts";

/** What is wrong with a change as a whole; `field` as the API names it. */
export type Refused = { field: string; message: string };
type Before = Pick<StoredEndpoint, "url" | "format" | "headers" | "authentication" | "clientCertificate">;
type Whole = Before &
  Pick<StoredEndpoint, "id" | "builtIn" | "ordering" | "rateLimit" | "rateBurst" | "batchSize" | "batchSeconds">;
type Values = Partial<Omit<StoredEndpoint, "id">>;

/** Stands for what an endpoint had before it was made. */
export const NOTHING_STORED: Before = {
  url: "",
  format: "envelope",
  headers: null,
  authentication: null,
  clientCertificate: null,
};

/** The columns that a change writes: secrets encrypted, masked ones kept as they are stored. */
export function storedValues(id: string, before: Before, patch: EndpointPatch): { values: Values } | Refused {
  const { headers, authentication, clientCertificate, url: _, ...plain } = patch;
  const parts = [
    urlColumn(before, patch),
    headersColumn(id, before, headers),
    authenticationColumn(id, before, authentication),
    certificateColumn(id, before, clientCertificate),
    paceColumns(before, patch),
  ];
  const refused = parts.find((part) => "message" in part);
  return refused ?? { values: Object.assign(goneWith(patch), plain, ...parts) };
}

/** What means nothing without the field that a change takes away, unless the change says otherwise. */
function goneWith({ rateLimit, batchSize }: EndpointPatch): Values {
  return { ...(rateLimit === null && { rateBurst: null }), ...(batchSize === null && { batchSeconds: null }) };
}

type Column = Values | Refused;

function urlColumn(before: Before, { url, format = before.format }: EndpointPatch): Column {
  const kept = url === undefined || url === shownUrl(before);
  if (before.url && kept) {
    // Whoever only sees the masked URL must not get to see the rest by choosing a format that shows it.
    const unmasked = shownUrl({ url: before.url, format });
    return unmasked === shownUrl(before) || unmasked !== before.url ? {} : WHOLE_URL;
  }
  if (url === undefined) return {};
  return url.includes(MASK) ? WHOLE_URL : { url };
}

const WHOLE_URL: Refused = { field: "url", message: "Give the whole URL: parts of it are masked" };

function headersColumn(id: string, before: Before, headers: EndpointPatch["headers"]): Column {
  if (!headers) return {};
  const merged = mergeHeaders(() => openHeaders(id, before.headers), headers);
  if ("headers" in merged) return { headers: sealHeaders(id, merged.headers) };
  return { field: `headers.${merged.valueMissing}`, message: "is not stored yet: give its value" };
}

function authenticationColumn(id: string, before: Before, given: EndpointPatch["authentication"]): Column {
  if (!given) return given === null ? { authentication: null } : {};
  const merged = mergeAuthentication(() => openAuthentication(id, before.authentication), given);
  if ("missing" in merged) return { field: merged.missing, message: "is not stored for this: give it anew" };
  return { authentication: sealAuthentication(id, merged) };
}

function certificateColumn(id: string, before: Before, given: EndpointPatch["clientCertificate"]): Column {
  if (!given) return given === null ? { clientCertificate: null } : {};
  const merged = mergeCertificate(() => openCertificate(id, before.clientCertificate), given);
  if ("missing" in merged) return { field: merged.missing, message: "is not stored yet: give the key" };
  const problem = certificateProblem(merged);
  return problem
    ? { field: "clientCertificate", message: problem }
    : { clientCertificate: sealCertificate(id, merged) };
}

/** Whoever chooses a chat gets the pace that its service takes, unless a limit was set. */
function paceColumns(before: Before, { format, rateLimit, rateBurst }: EndpointPatch): Values {
  const pace = format && format !== before.format ? formatOf(format).pace : undefined;
  if (!pace || rateLimit) return {};
  return { rateLimit: pace.perSecond, rateBurst: rateBurst ?? pace.burst };
}

/** What cannot be together in one endpoint, in words, or null. */
export function contradiction(endpoint: Whole): Refused | null {
  const { id, url, builtIn, batchSize, ordering, format, headers, authentication, clientCertificate } = endpoint;
  if (batchSize !== null && !formatOf(format).many) {
    return { field: "batchSize", message: `The format ${format} takes one event a request: leave it out` };
  }
  if (batchSize !== null && builtIn) {
    return { field: "batchSize", message: "The built-in receiver takes one event a request: leave it out" };
  }
  if (batchSize !== null && ordering === "strict") {
    return { field: "batchSize", message: "Strict ordering sends one event at a time: leave the batches out" };
  }
  if (endpoint.rateBurst !== null && endpoint.rateLimit === null) {
    return { field: "rateBurst", message: "A burst means nothing without a rate limit: set one, or leave it out" };
  }
  if (endpoint.batchSeconds !== null && batchSize === null) {
    return { field: "batchSeconds", message: "Nothing gathers without a batch size: set one, or leave it out" };
  }
  if (clientCertificate && !url.startsWith("https:")) {
    return { field: "clientCertificate", message: "A client certificate needs a URL that starts with https://" };
  }
  const own = authentication ? openHeaders(id, headers) : [];
  if (own.some(({ name }) => name.toLowerCase() === "authorization")) {
    return { field: "authentication", message: "The header authorization is set as well: remove one of the two" };
  }
  return null;
}
