import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { like } from "drizzle-orm";
import { setting } from "../../drizzle/schema/people.ts";
import { db } from "../db.ts";
import { EnvironmentError } from "../env.ts";
import { type EncryptionKey, encryptionKeys, fingerprintOf } from "./keys.ts";

/** Where a secret is stored. It is bound to this place: copied to another row or column it cannot be read. */
export type SecretPlace = { table: string; column: string; id: string };

/** A stored secret that is damaged, was moved, or belongs to a key we do not have. */
export class SecretError extends Error {
  override name = "SecretError";
}

const ALGORITHM = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;
const FINGERPRINT_PREFIX = "encryption_key:";

/** Encrypts with the active key: length of the key's id, the id, IV, tag, ciphertext. */
export function encryptSecret(text: string, place: SecretPlace, keys = encryptionKeys()): Buffer {
  const [key] = keys;
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key.bytes, iv, { authTagLength: TAG_BYTES }).setAAD(boundTo(place, key));
  const ciphertext = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.from([key.id.length]), Buffer.from(key.id), iv, cipher.getAuthTag(), ciphertext]);
}

/** @throws SecretError */
export function decryptSecret(
  bytes: Buffer,
  place: SecretPlace,
  keys: readonly EncryptionKey[] = encryptionKeys(),
): string {
  const idEnd = 1 + (bytes[0] ?? 0);
  const tagStart = idEnd + IV_BYTES;
  const textStart = tagStart + TAG_BYTES;
  if (bytes.length < textStart) throw new SecretError(`The secret in ${named(place)} is cut short`);
  const key = keys.find(({ id }) => id === bytes.toString("latin1", 1, idEnd));
  if (!key) throw new SecretError(`ENCRYPTION_KEY lacks the key that the secret in ${named(place)} was encrypted with`);
  const decipher = createDecipheriv(ALGORITHM, key.bytes, bytes.subarray(idEnd, tagStart), { authTagLength: TAG_BYTES })
    .setAAD(boundTo(place, key))
    .setAuthTag(bytes.subarray(tagStart, textStart));
  try {
    return decipher.update(bytes.subarray(textStart), undefined, "utf8") + decipher.final("utf8");
  } catch (cause) {
    // OpenSSL says only "unable to authenticate data"; which row it was is what an operator needs.
    throw new SecretError(`The secret in ${named(place)} was changed, moved, or encrypted with another key`, { cause });
  }
}

function boundTo(place: SecretPlace, key: EncryptionKey): Buffer {
  return Buffer.from(JSON.stringify([place.table, place.column, place.id, key.id]));
}

function named({ table, column, id }: SecretPlace): string {
  return `${table}.${column} of ${id}`;
}

/**
 * Refuses to start with a key that cannot read what is stored. Every key that was ever active leaves a fingerprint in
 * `setting`; it must be among the given keys, and be the same.
 * @throws EnvironmentError
 */
export async function checkEncryptionKey(): Promise<void> {
  const keys = encryptionKeys();
  const [active] = keys;
  // Looked at first and again after: a wrong key must leave no mark, and two processes may start at once.
  await refuseUnknownKeys(keys);
  await db()
    .insert(setting)
    .values({ key: FINGERPRINT_PREFIX + active.id, value: fingerprintOf(active) })
    .onConflictDoNothing();
  await refuseUnknownKeys(keys);
}

async function refuseUnknownKeys(keys: EncryptionKey[]): Promise<void> {
  const known = await db()
    .select()
    .from(setting)
    .where(like(setting.key, `${FINGERPRINT_PREFIX}%`));
  for (const { key: name, value } of known) {
    const id = name.slice(FINGERPRINT_PREFIX.length);
    const given = keys.find((key) => key.id === id);
    if (!given) {
      throw new EnvironmentError(
        `ENCRYPTION_KEY lacks the key "${id}", which secrets in this database were encrypted with: append it as ${id}:…`,
      );
    }
    if (fingerprintOf(given) !== value) {
      throw new EnvironmentError(
        `ENCRYPTION_KEY is wrong: its key "${id}" is not the one that this database's secrets were encrypted with`,
      );
    }
  }
}
