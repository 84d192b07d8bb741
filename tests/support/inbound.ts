import { asc, eq } from "drizzle-orm";
import { request, source, sourceSecret } from "../../drizzle/schema/inbound.ts";
import { event } from "../../drizzle/schema/traffic.ts";
import { db } from "../../lib/db.ts";
import { newId } from "../../lib/ids.ts";
import type { ProviderName } from "../../lib/providers/names.ts";
import { encryptSecret } from "../../lib/secrets/cipher.ts";
import { secretPlace } from "../../lib/sources/open-source.ts";
import { newToken } from "../../lib/sources/token.ts";
import { GENUINE } from "./provider-calls.ts";

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

export const PUBLIC_URL = "https://hooks.example.com";

/** What each service says in headers beside its proof. */
const SAID: Partial<Record<ProviderName, Record<string, string>>> = {
  github: { "x-github-event": "pull_request", "x-github-delivery": "72d3162e" },
  shopify: { "x-shopify-topic": "orders/create", "x-shopify-webhook-id": "b54557e4" },
  woocommerce: { "x-wc-webhook-topic": "order.created", "x-wc-webhook-delivery-id": "a1b2c3" },
  hmac: { "x-acme-id": "77" },
};

export type Posting = { url: string; method: string; headers: Record<string, string>; body: string | Uint8Array };

/** A call to a source as the provider's own library signs it. */
export async function aPosting(
  door: { url: string },
  to: TestSource,
  provider: ProviderName,
  { body, secret, at = new Date() }: { body?: string; secret?: string; at?: Date } = {},
): Promise<Posting> {
  const genuine = GENUINE[provider];
  if (!genuine) throw new Error(`${provider} signs nothing`);
  const text = body ?? genuine.body;
  const proof = await genuine.proof(text, secret ?? genuine.secrets[0], at, PUBLIC_URL + to.path);
  const headers = { "content-type": genuine.contentType, ...SAID[provider], ...proof };
  return { url: door.url + to.path, method: "POST", headers, body: text };
}

export async function send({ url, ...call }: Posting): Promise<Response> {
  return fetch(url, call as RequestInit);
}

export async function requestsOf(sourceId: string) {
  return db().select().from(request).where(eq(request.sourceId, sourceId)).orderBy(asc(request.id));
}

export async function eventsFrom(sourceId: string) {
  return db().select().from(event).where(eq(event.sourceId, sourceId)).orderBy(asc(event.id));
}
