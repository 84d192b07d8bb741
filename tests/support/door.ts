import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";
import { createApiKey } from "../../lib/api-keys/commands.ts";
import type { Scope } from "../../lib/api-keys/scopes.ts";
import { SYSTEM } from "../../lib/audit/record.ts";
import { drainIngest } from "../../lib/ingest/group-commit.ts";
import { closeWebServer, createWebServer, type Timeouts } from "../../lib/web/web-server.ts";

export type Answer = { status: number; headers: Headers; body: Record<string, unknown> };
export type Door = { url: string; port: number };

/** The real server on a free port; what is not for the doors gets 299 from a stand-in for Next. */
export async function openDoor(timeouts?: Timeouts): Promise<Door> {
  const server = createWebServer((request, response) => {
    response.writeHead(299, { "x-next": request.headers.host ?? "" }).end("next");
  }, timeouts);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  afterAll(async () => {
    server.closeAllConnections();
    await closeWebServer(server);
    await drainIngest();
  });
  return { url: `http://127.0.0.1:${port}`, port };
}

export async function aKey(workspaceId: string, scopes: Scope[] = ["ingest"]): Promise<{ id: string; secret: string }> {
  return createApiKey(workspaceId, { name: "test", scopes, expiresInDays: undefined }, SYSTEM);
}

/** Posts as an app would: a string or bytes go as they are, anything else as JSON. */
export async function post(
  door: Door,
  secret: string,
  body: unknown,
  { path = "/api/v1/events", headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const bytes = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
  const response = await fetch(`${door.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json", ...headers },
    body: bytes as BodyInit,
  });
  return answerOf(response);
}

export async function answerOf(response: Response): Promise<Answer> {
  return { status: response.status, headers: response.headers, body: await response.json() };
}
