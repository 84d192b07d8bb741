import { source, sourceSecret } from "../../drizzle/schema/inbound.ts";
import { db } from "../../lib/db.ts";
import { newId } from "../../lib/ids.ts";
import { encryptSecret } from "../../lib/secrets/cipher.ts";
import { secretPlace } from "../../lib/sources/open-source.ts";
import { newToken } from "../../lib/sources/token.ts";

type SourceValues = Partial<typeof source.$inferInsert> & { secrets?: string[] };
export type TestSource = { id: string; token: string; path: string };

/** A source with these secrets, the first of them the newest; Stripe's when nothing else is said. */
export async function aSource(workspaceId: string, values: SourceValues = {}): Promise<TestSource> {
  const { secrets = [], ...rest } = values;
  const id = newId();
  const token = newToken();
  const provider = rest.provider ?? "stripe";
  await db()
    .insert(source)
    .values({ id, workspaceId, name: `My ${provider}`, token, typePrefix: provider, ...rest, provider });
  for (const secret of secrets.toReversed()) await addSourceSecret(id, secret);
  return { id, token: rest.token ?? token, path: `/in/${rest.token ?? token}` };
}

export async function addSourceSecret(sourceId: string, secret: string, expiresAt: Date | null = null): Promise<void> {
  const id = newId();
  await db()
    .insert(sourceSecret)
    .values({ id, sourceId, encrypted: encryptSecret(secret, secretPlace(id)), expiresAt });
}
