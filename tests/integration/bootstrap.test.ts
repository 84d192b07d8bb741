import { beforeEach, expect, test } from "vitest";
import { apiKey, user, workspace } from "../../drizzle/schema/people.ts";
import { bootstrapAdmin } from "../../lib/accounts/bootstrap.ts";
import { changePassword } from "../../lib/accounts/password-change.ts";
import { signIn } from "../../lib/accounts/sign-in.ts";
import { signUpMode } from "../../lib/accounts/sign-up.ts";
import { revokeApiKey } from "../../lib/api-keys/commands.ts";
import { listApiKeys } from "../../lib/api-keys/queries.ts";
import { hashApiKey } from "../../lib/api-keys/secret.ts";
import { SYSTEM } from "../../lib/audit/record.ts";
import { db } from "../../lib/db.ts";
import { parseEnvironment } from "../../lib/env.ts";
import { findMembership } from "../../lib/workspaces/queries.ts";
import { testDatabase } from "../support/database.ts";
import { CALLER, PASSWORD } from "../support/people.ts";

await testDatabase();

const KEY = `ph_${"A1".repeat(16)}`;
const environment = parseEnvironment({ ADMIN_EMAIL: "Ops@Example.com", ADMIN_PASSWORD: PASSWORD, ADMIN_API_KEY: KEY });
const credentials = { email: "ops@example.com", password: PASSWORD };

beforeEach(async () => {
  await db().delete(workspace);
  await db().delete(user);
});

async function signedInOps() {
  const answer = await signIn(credentials, CALLER);
  if (answer.result !== "signed_in") throw new Error(answer.result);
  return answer.user;
}

test("the environment makes the owner, the workspace and a key with every scope, without a browser", async () => {
  await bootstrapAdmin(environment);

  const { id } = await signedInOps();
  expect(await findMembership(id, "default")).toMatchObject({ role: "owner" });
  expect(await db().select().from(apiKey)).toMatchObject([
    { hash: hashApiKey(KEY), scopes: ["ingest", "read", "write", "retry", "secrets"], expiresAt: null },
  ]);
  expect(await signUpMode(environment)).toBe("closed");
});

test("two starts at once and every later one make nothing twice", async () => {
  await Promise.all([bootstrapAdmin(environment), bootstrapAdmin(environment)]);
  await bootstrapAdmin(environment);

  expect(await db().select().from(user)).toHaveLength(1);
  expect(await db().select().from(workspace)).toHaveLength(1);
  expect(await db().select().from(apiKey)).toHaveLength(1);
});

test("a later start brings back neither an old password nor a revoked key", async () => {
  await bootstrapAdmin(environment);
  const ops = await signedInOps();
  await changePassword(ops, { currentPassword: PASSWORD, password: "another battery horse" }, null);
  const membership = await findMembership(ops.id, "default");
  const [key] = await listApiKeys(membership!.workspace.id);
  await revokeApiKey(membership!.workspace.id, key!.id, SYSTEM);

  await bootstrapAdmin(environment);

  expect(await signIn(credentials, CALLER)).toEqual({ result: "refused" });
  expect(await listApiKeys(membership!.workspace.id)).toMatchObject([{ works: false }]);
});

test("without these variables nothing happens, and half of them is a sentence", async () => {
  await bootstrapAdmin(parseEnvironment({}));
  expect(await db().select().from(user)).toEqual([]);
  await expect(bootstrapAdmin(parseEnvironment({ ADMIN_API_KEY: KEY }))).rejects.toThrow(
    /ADMIN_EMAIL and ADMIN_PASSWORD/,
  );
});
