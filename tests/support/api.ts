import { answerApi } from "../../lib/api/router.ts";
import { createApiKey } from "../../lib/api-keys/commands.ts";
import { SCOPES, type Scope } from "../../lib/api-keys/scopes.ts";
import { SYSTEM } from "../../lib/audit/record.ts";

const ALL = Object.keys(SCOPES) as Scope[];

/** Calls the REST API as an app with a key of this workspace does, without a server between. */
export async function anApiClient(workspaceId: string, scopes: Scope[] = ALL) {
  const { secret } = await createApiKey(workspaceId, { name: "Test", scopes, expiresInDays: undefined }, SYSTEM);
  return (method: string, path: string, body?: unknown) =>
    callApi(method, path, body, { authorization: `Bearer ${secret}` });
}

export async function callApi(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const request = new Request(`http://posthorn.test/api/v1${path}`, {
    method,
    headers: { ...(text !== undefined && { "content-type": "application/json" }), ...headers },
    ...(text !== undefined && { body: text }),
  });
  const response = await answerApi(request, { requestId: "req-1", address: "127.0.0.1" });
  const { status, headers: answered } = response;
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = answered.get("content-type")?.includes("json") && bytes.length > 0;
  return {
    status,
    headers: answered,
    bytes,
    text: bytes.toString(),
    body: isJson ? JSON.parse(bytes.toString()) : null,
  };
}
