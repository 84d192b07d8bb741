import { and, count, desc, eq, gt, isNull, lte, notInArray, or, type SQL } from "drizzle-orm";
import { source, sourceSecret } from "../../drizzle/schema/inbound.ts";
import type { Author } from "../audit/record.ts";
import { db, type Transaction } from "../db.ts";
import { newId } from "../ids.ts";
import { decryptSecret, encryptSecret } from "../secrets/cipher.ts";
import { aliveSource, auditSource, changeSource } from "./change.ts";
import { MAX_SECRETS } from "./input.ts";
import { secretPlace } from "./open-source.ts";
import { endingOf, secretProblem } from "./secret-rules.ts";

/** Secrets that prove calls now. */
export function stillProves(): SQL | undefined {
  return or(isNull(sourceSecret.expiresAt), gt(sourceSecret.expiresAt, new Date()));
}

/** Stores secrets in this order: the last is the newest. */
export async function storeSecrets(tx: Transaction, sourceId: string, secrets: string[]): Promise<string[]> {
  const rows = secrets.map((secret) => {
    const id = newId();
    return { id, sourceId, encrypted: encryptSecret(secret, secretPlace(id)), ending: endingOf(secret) };
  });
  if (rows.length > 0) await tx.insert(sourceSecret).values(rows);
  return rows.map(({ id }) => id);
}

export type AddSecretResult =
  | { result: "added"; id: string }
  | { result: "known"; id: string }
  | { result: "refused"; message: string }
  | { result: "limit"; limit: number }
  | { result: "not_found" };

/** A further secret proves calls from now on. The others go on doing so for `overlapSeconds`; left out, for good. */
export async function addSourceSecret(
  workspaceId: string,
  id: string,
  { secret, overlapSeconds }: { secret: string; overlapSeconds?: number | null },
  author: Author,
): Promise<AddSecretResult> {
  const added = await changeSource(workspaceId, id, async (tx, before): Promise<AddSecretResult> => {
    const message = secretProblem(before.provider, secret);
    if (message) return { result: "refused", message };
    await tx.delete(sourceSecret).where(and(eq(sourceSecret.sourceId, id), lte(sourceSecret.expiresAt, new Date())));
    const known = (await readSecrets(tx, id)).find((one) => one.expiresAt === null && one.secret === secret);
    if (known) return { result: "known", id: known.id };
    const [had] = await tx.select({ count: count() }).from(sourceSecret).where(eq(sourceSecret.sourceId, id));
    if ((had?.count ?? 0) >= MAX_SECRETS) return { result: "limit", limit: MAX_SECRETS };
    if (overlapSeconds != null) {
      const expiresAt = new Date(Date.now() + overlapSeconds * 1_000);
      await tx
        .update(sourceSecret)
        .set({ expiresAt })
        .where(and(eq(sourceSecret.sourceId, id), isNull(sourceSecret.expiresAt)));
    }
    const [secretId = ""] = await storeSecrets(tx, id, [secret]);
    await auditSource(tx, workspaceId, author, "secret_added", before, {
      ending: endingOf(secret) || null,
      ...(overlapSeconds != null && { overlapSeconds }),
    });
    return { result: "added", id: secretId };
  });
  return added ?? { result: "not_found" };
}

/** These and no others prove calls from now on; those that are there already stay the rows they are. */
export async function replaceSecrets(tx: Transaction, sourceId: string, secrets: string[]): Promise<void> {
  const had = await readSecrets(tx, sourceId);
  const kept = had.filter(({ secret, expiresAt }) => expiresAt === null && secrets.includes(secret));
  const keptIds = kept.map(({ id }) => id);
  await tx
    .delete(sourceSecret)
    .where(
      and(eq(sourceSecret.sourceId, sourceId), keptIds.length > 0 ? notInArray(sourceSecret.id, keptIds) : undefined),
    );
  const isKept = (secret: string) => kept.some((one) => one.secret === secret);
  await storeSecrets(
    tx,
    sourceId,
    [...new Set(secrets)].filter((secret) => !isKept(secret)),
  );
}

/** A secret stops proving calls, now or after a while. False: there is no such secret. */
export async function endSourceSecret(
  workspaceId: string,
  id: string,
  { secretId, afterSeconds = 0 }: { secretId: string; afterSeconds?: number },
  author: Author,
): Promise<boolean> {
  const ended = await changeSource(workspaceId, id, async (tx, before) => {
    const ofSource = and(eq(sourceSecret.sourceId, id), eq(sourceSecret.id, secretId));
    const rows =
      afterSeconds > 0
        ? await tx
            .update(sourceSecret)
            .set({ expiresAt: new Date(Date.now() + afterSeconds * 1_000) })
            .where(ofSource)
            .returning({ ending: sourceSecret.ending })
        : await tx.delete(sourceSecret).where(ofSource).returning({ ending: sourceSecret.ending });
    const [row] = rows;
    if (!row) return false;
    await auditSource(tx, workspaceId, author, "secret_ended", before, {
      ending: row.ending || null,
      ...(afterSeconds > 0 && { afterSeconds }),
    });
    return true;
  });
  return ended ?? false;
}

export type OpenSecret = { id: string; secret: string; ending: string; createdAt: Date; expiresAt: Date | null };

/** The secrets in clear, the newest first. Whoever looks leaves an audit entry. Null: no such source. */
export async function revealSourceSecrets(
  workspaceId: string,
  id: string,
  author: Author,
): Promise<OpenSecret[] | null> {
  return db().transaction(async (tx) => {
    const [found] = await tx
      .select({ id: source.id, name: source.name })
      .from(source)
      .where(and(aliveSource(workspaceId), eq(source.id, id)));
    if (!found) return null;
    await auditSource(tx, workspaceId, author, "secret_revealed", found);
    return readSecrets(tx, id);
  });
}

async function readSecrets(tx: Transaction, sourceId: string): Promise<OpenSecret[]> {
  const rows = await tx
    .select()
    .from(sourceSecret)
    .where(and(eq(sourceSecret.sourceId, sourceId), stillProves()))
    .orderBy(desc(sourceSecret.id));
  return rows.map(({ encrypted, sourceId: _, ...row }) => ({
    ...row,
    secret: decryptSecret(encrypted, secretPlace(row.id)),
  }));
}

/** What may be shown of a source's secrets, the newest first. */
export async function listSecretFacts(sourceId: string) {
  return db()
    .select({
      id: sourceSecret.id,
      ending: sourceSecret.ending,
      createdAt: sourceSecret.createdAt,
      expiresAt: sourceSecret.expiresAt,
    })
    .from(sourceSecret)
    .where(and(eq(sourceSecret.sourceId, sourceId), stillProves()))
    .orderBy(desc(sourceSecret.id));
}
export type SecretFacts = Awaited<ReturnType<typeof listSecretFacts>>[number];
