import { asText, type CopiedRequest, ownHeaders } from "./copied-request";

/** A command that repeats a request byte for byte. Masked header values stay masked. */
export function curlCommand({ method, url, headers, body }: CopiedRequest): string {
  const text = asText(body);
  const parts = [
    `curl --request ${quote(method)} ${quote(url)}`,
    ...ownHeaders(headers).map((header) => `--header ${quote(headerLine(header))}`),
    ...(body.length === 0 ? [] : [text === null ? "--data-binary @-" : `--data-raw ${quote(text)}`]),
  ];
  const command = parts.join(" \\\n  ");
  return text === null ? `printf %s ${quote(body.toString("base64"))} | base64 -d | ${command}` : command;
}

/** Nothing is special to a shell between single quotes but the single quote. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Curl reads `name:` as "leave it out" and `name;` as "send it empty". */
function headerLine([name, value]: readonly [string, string]): string {
  return value === "" ? `${name};` : `${name}: ${value}`;
}
