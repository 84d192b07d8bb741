import { and, desc, eq, isNotNull, isNull, lte, sql } from "drizzle-orm";
import { endpoint, endpointSecret } from "../../drizzle/schema/configuration.ts";
import type { Author } from "../audit/record.ts";
import { db, type Transaction } from "../db.ts";
import { newId } from "../ids.ts";
import { decryptSecret, encryptSecret } from "../secrets/cipher.ts";
import { newWebhookKey, newWebhookSecret, verificationSecret } from "../secrets/webhook-secret.ts";
import { auditEndpoint, changeEndpoint } from "./change.ts";
import { DEFAULT_OVERLAP_SECONDS } from "./input.ts";
import { alive, stillSigns } from "./queries.ts";
import type { Signature } from "./states.ts";

/** Secrets that may sign at once; every one of them is a signature in every delivery's header. */
const MAX_SIGNING_SECRETS = 5;

/** Gives an endpoint a new current secret, or key pair. */
export async function addSecret(tx: Transaction, endpointId: string, signature: Signature): Promise<string> {
  const id = newId();
  const secret = signature === "ed25519" ? newWebhookKey() : newWebhookSecret();
  await tx.insert(endpointSecret).values({ id, endpointId, encrypted: encryptSecret(secret, placeOf(id)) });
  return verificationSecret(secret);
}

export type RevealedSecret = { id: string; secret: string; createdAt: Date; expiresAt: Date | null };

/**
 * What receivers verify with: the current secret in clear (of a key pair the public half: the private one is never
 * shown), and those that still sign beside it. Whoever looks leaves an audit entry.
 */
export async function revealSecret(
  workspaceId: string,
  id: string,
  author: Author,
): Promise<{ secret: string; previous: RevealedSecret[] } | null> {
  return db().transaction(async (tx) => {
    const [found] = await tx
      .select({ id: endpoint.id, url: endpoint.url, format: endpoint.format })
      .from(endpoint)
      .where(and(alive(workspaceId), eq(endpoint.id, id)));
    if (!found) return null;
    const rows = await tx
      .select()
      .from(endpointSecret)
      .where(and(eq(endpointSecret.endpointId, id), stillSigns()))
      .orderBy(desc(endpointSecret.id));
    const secrets = rows.map(({ encrypted, endpointId: _, ...row }) => ({
      ...row,
      secret: verificationSecret(decryptSecret(encrypted, placeOf(row.id))),
    }));
    const current = secrets.find(({ expiresAt }) => expiresAt === null);
    if (!current) throw new Error(`Endpoint ${id} has no current secret`);
    await auditEndpoint(tx, workspaceId, author, "secret_revealed", found);
    return { secret: current.secret, previous: secrets.filter((secret) => secret !== current) };
  });
}

export type RotateResult = { secret: string; previousExpiresAt: Date };

/** A new current secret. The old one signs beside it for a while, so that receivers can change over. */
export async function rotateSecret(
  workspaceId: string,
  id: string,
  { overlapSeconds }: { overlapSeconds: number },
  author: Author,
): Promise<RotateResult | null> {
  return changeEndpoint(workspaceId, id, async (tx, before) => {
    const rotated = await replaceSecret(tx, id, before.signature, overlapSeconds);
    await auditEndpoint(tx, workspaceId, author, "secret_rotated", before, { overlapSeconds });
    return rotated;
  });
}

/** A new current secret of a kind, whatever kind the old ones are: a receiver changes over as in any rotation. */
export async function replaceSecret(
  tx: Transaction,
  endpointId: string,
  signature: Signature,
  overlapSeconds: number = DEFAULT_OVERLAP_SECONDS,
): Promise<RotateResult> {
  const previousExpiresAt = new Date(Date.now() + overlapSeconds * 1_000);
  await tx
    .update(endpointSecret)
    .set({ expiresAt: previousExpiresAt })
    .where(and(eq(endpointSecret.endpointId, endpointId), isNull(endpointSecret.expiresAt)));
  const secret = await addSecret(tx, endpointId, signature);
  await dropOldSecrets(tx, endpointId);
  return { secret, previousExpiresAt };
}

async function dropOldSecrets(tx: Transaction, endpointId: string): Promise<void> {
  const newest = tx
    .select({ id: endpointSecret.id })
    .from(endpointSecret)
    .where(eq(endpointSecret.endpointId, endpointId))
    .orderBy(desc(endpointSecret.id))
    .limit(MAX_SIGNING_SECRETS);
  await tx
    .delete(endpointSecret)
    .where(and(eq(endpointSecret.endpointId, endpointId), sql`${endpointSecret.id} not in ${newest}`));
  await tx
    .delete(endpointSecret)
    .where(and(eq(endpointSecret.endpointId, endpointId), lte(endpointSecret.expiresAt, new Date())));
}

/** The old secrets stop signing now. Returns how many there were, null for no such endpoint. */
export async function endOldSecrets(workspaceId: string, id: string, author: Author): Promise<number | null> {
  return changeEndpoint(workspaceId, id, async (tx, before) => {
    const ended = await tx
      .delete(endpointSecret)
      .where(and(eq(endpointSecret.endpointId, id), isNotNull(endpointSecret.expiresAt)))
      .returning({ id: endpointSecret.id });
    await auditEndpoint(tx, workspaceId, author, "old_secrets_ended", before, { secrets: ended.length });
    return ended.length;
  });
}

function placeOf(secretId: string) {
  return { table: "endpoint_secret", column: "encrypted", id: secretId };
}
