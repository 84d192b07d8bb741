import { STATUS_CODES } from "node:http";
import { urlParts } from "@/components/ui/format";
import type { WholeAttempt } from "@/lib/reports/delivery.ts";
import { payloadText } from "./payload-text";

type Sent = { method: string; url: string; body: Buffer | null };

/** The request as HTTP/1.1 puts it on the wire; header values of the endpoint's own stay masked. */
export function rawRequest(attempt: WholeAttempt, { method, url, body }: Sent): string | null {
  if (!attempt.requestHeaders) return null;
  const { host, path } = urlParts(url);
  const head = [`${method} ${path || "/"} HTTP/1.1`, `host: ${host}`, ...lines(attempt.requestHeaders)];
  return `${head.join("\n")}\n\n${body ? payloadText(body, { pretty: false }).text : ""}`;
}

/** The answer in the same way; null when none came. */
export function rawResponse({ statusCode, responseHeaders, responseBody }: WholeAttempt): string | null {
  if (statusCode === null) return null;
  const head = [`HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode] ?? ""}`.trimEnd(), ...lines(responseHeaders ?? [])];
  return `${head.join("\n")}\n\n${responseBody ? payloadText(responseBody, { pretty: false }).text : ""}`;
}

function lines(headers: readonly (readonly [string, string])[]): string[] {
  return headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`);
}
