import { eq } from "drizzle-orm";
import { apiKey, member, user, workspace } from "../../drizzle/schema/people.ts";
import { insertApiKey } from "../api-keys/commands.ts";
import { SCOPES, type Scope } from "../api-keys/scopes.ts";
import { hashApiKey } from "../api-keys/secret.ts";
import { recordAudit, SYSTEM } from "../audit/record.ts";
import { db, type Transaction } from "../db.ts";
import { type Environment, EnvironmentError } from "../env.ts";
import { formatId } from "../ids.ts";
import { createWorkspace } from "../workspaces/commands.ts";
import { hashPassword } from "./password.ts";
import { createUser, FIRST_WORKSPACE, lockFirstPerson } from "./sign-up.ts";

/**
 * Sets an installation up without a browser: first owner, workspace `default`, API key. Runs at every start and makes
 * only what is missing; a password that was changed since stays changed, a key that was revoked stays revoked.
 */
export async function bootstrapAdmin(environment: Environment): Promise<void> {
  const { ADMIN_EMAIL, ADMIN_PASSWORD, ADMIN_API_KEY } = environment;
  if (!ADMIN_EMAIL && !ADMIN_PASSWORD && !ADMIN_API_KEY) return;
  if (!ADMIN_EMAIL || !ADMIN_PASSWORD) {
    throw new EnvironmentError("ADMIN_EMAIL and ADMIN_PASSWORD must be set together; ADMIN_API_KEY needs both");
  }
  const email = ADMIN_EMAIL.toLowerCase();
  const passwordHash = await hashPassword(ADMIN_PASSWORD);
  await db().transaction(async (tx) => {
    await lockFirstPerson(tx);
    await ensureOwner(tx, email, passwordHash);
    if (ADMIN_API_KEY) await ensureKey(tx, ADMIN_API_KEY);
  });
}

async function ensureOwner(tx: Transaction, email: string, passwordHash: string): Promise<void> {
  const [known] = await tx.select({ id: user.id, name: user.name }).from(user).where(eq(user.email, email));
  const workspaceId = await findDefault(tx);
  if (known && workspaceId) return;
  const person = known ?? (await createUser(tx, { name: email.split("@")[0] ?? email, email, passwordHash }));
  if (!person) return;
  if (workspaceId) await joinAsOwner(tx, workspaceId, person);
  else await createWorkspace(tx, person, FIRST_WORKSPACE);
}

async function joinAsOwner(tx: Transaction, workspaceId: string, person: { id: string; name: string }): Promise<void> {
  await tx.insert(member).values({ workspaceId, userId: person.id, role: "owner" });
  const target = { target: formatId("usr", person.id), targetName: person.name };
  await recordAudit(tx, workspaceId, SYSTEM, { action: "member.joined", ...target, detail: { role: "owner" } });
}

async function findDefault(tx: Transaction): Promise<string | null> {
  const [found] = await tx.select({ id: workspace.id }).from(workspace).where(eq(workspace.slug, FIRST_WORKSPACE.slug));
  return found?.id ?? null;
}

async function ensureKey(tx: Transaction, secret: string): Promise<void> {
  const [known] = await tx
    .select({ id: apiKey.id })
    .from(apiKey)
    .where(eq(apiKey.hash, hashApiKey(secret)));
  const workspaceId = await findDefault(tx);
  if (known || !workspaceId) return;
  const scopes = Object.keys(SCOPES) as Scope[];
  await insertApiKey(tx, workspaceId, { name: "ADMIN_API_KEY", scopes, secret }, SYSTEM);
}
