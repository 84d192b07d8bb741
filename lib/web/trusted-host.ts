import type { IncomingMessage } from "node:http";
import { env, isLoopbackHost, publicUrl } from "../env.ts";

/**
 * Next compares Origin with Host and builds URLs from it, so a Host that is not ours never reaches it. With PUBLIC_URL
 * set there is one name; on a loopback address the names of this machine; else people come by whatever names it has.
 */
export function trustHost(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers)) if (name.startsWith("x-forwarded-h")) delete request.headers[name];
  const ours = new URL(publicUrl());
  const { PUBLIC_URL, HOST } = env();
  const given = request.headers.host ?? "";
  if (!PUBLIC_URL && (isLoopbackHost(HOST) ? isLocalName(given) : given !== "")) return;
  request.headers.host = ours.host;
}

function isLocalName(host: string): boolean {
  return isLoopbackHost(host.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1"));
}
