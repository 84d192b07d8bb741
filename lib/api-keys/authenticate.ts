import type { ProblemCode } from "../api/problem.ts";
import type { Author } from "../audit/record.ts";
import { hotSql, type Sql } from "../db.ts";
import { formatId } from "../ids.ts";
import { noteKeyUse } from "./last-used.ts";
import type { Scope } from "./scopes.ts";
import { hashApiKey } from "./secret.ts";

export type KeyCall = { ok: true; workspaceId: string; keyId: string; scopes: Scope[]; author: Author };
export type KeyRefusal = {
  ok: false;
  status: 401 | 403;
  code: ProblemCode;
  detail: string;
  /** Whose key it was, when the call can be attributed. */
  workspaceId?: string;
  keyId?: string;
};
export type Authentication = KeyCall | KeyRefusal;

const BEARER = /^Bearer +(ph_[A-Za-z0-9]{24,64}) *$/i;

type Options = { address?: string | null; find?: (hash: Buffer) => Promise<FoundKey | null> };

/**
 * Who calls, by `Authorization: Bearer ph_…`. Keys in a query string or a cookie never count. The key is read from the
 * database each time, so that a revoked one is refused at once; `find` is for callers that check it again themselves.
 */
export async function authenticate(
  authorization: string | null | undefined,
  scope: Scope,
  { address = null, find = findKey }: Options = {},
): Promise<Authentication> {
  const secret = BEARER.exec(authorization ?? "")?.[1];
  if (!secret) {
    const detail = "Send an API key with the call: Authorization: Bearer ph_…";
    return { ok: false, status: 401, code: "unauthenticated", detail };
  }
  const answer = permit(await find(hashApiKey(secret)), scope);
  if (answer.ok) noteKeyUse(answer.keyId, address);
  return answer;
}

export type FoundKey = {
  id: string;
  workspaceId: string;
  name: string;
  scopes: Scope[];
  revoked: boolean;
  expired: boolean;
};

export async function findKey(hash: Buffer, sql: Sql = hotSql()): Promise<FoundKey | null> {
  const [found] = await sql<FoundKey[]>`
    select id, workspace_id as "workspaceId", name, scopes, revoked_at is not null as revoked,
      coalesce(expires_at <= now(), false) as expired
    from api_key where hash = ${hash}`;
  return found ?? null;
}

function permit(key: FoundKey | null, scope: Scope): Authentication {
  if (!key) return { ok: false, status: 401, code: "key_unknown", detail: "There is no such API key" };
  const whose = { workspaceId: key.workspaceId, keyId: key.id };
  if (key.revoked) return { ok: false, status: 401, code: "key_revoked", detail: "This API key was revoked", ...whose };
  if (key.expired) return { ok: false, status: 401, code: "key_expired", detail: "This API key has expired", ...whose };
  if (!key.scopes.includes(scope)) {
    const detail = `This API key may not do that: it lacks the scope "${scope}"`;
    return { ok: false, status: 403, code: "scope_missing", detail, ...whose };
  }
  return { ok: true, ...whose, scopes: key.scopes, author: { id: formatId("key", key.id), name: key.name } };
}
