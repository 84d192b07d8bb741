import { and, eq } from "drizzle-orm";
import { endpoint, endpointSecret } from "../../drizzle/schema/configuration.ts";
import { db } from "../db.ts";
import { type Configuration, configurationOf, type SecretRow } from "../delivery/configuration.ts";
import { endpointInput } from "../endpoints/input.ts";
import { alive, stillSigns } from "../endpoints/queries.ts";
import { contradiction, NOTHING_STORED, type Refused, storedValues } from "../endpoints/stored-values.ts";
import { newId } from "../ids.ts";
import { isReceiverUrl } from "../receiver/address.ts";
import { encryptSecret } from "../secrets/cipher.ts";
import { newWebhookKey, newWebhookSecret } from "../secrets/webhook-secret.ts";
import type { VerifyInput } from "./input.ts";

type Workspace = { id: string; slug: string };
export type Draft = { configuration: Configuration; endpointId: string | null };

/** What sending would take if the form were saved as it stands; nothing is. `null`: there is no such endpoint. */
export async function draftConfiguration(
  workspace: Workspace,
  { endpoint: endpointId, ...input }: VerifyInput,
): Promise<Draft | Refused | null> {
  if (endpointId) return changed(workspace, endpointId, input);
  if (isReceiverUrl(input.url)) return RECEIVERS_URL;
  const id = newId();
  const whole = endpointInput.parse({ ...input, signature: input.signature });
  const stored = storedValues(id, NOTHING_STORED, whole);
  if ("message" in stored) return stored;
  const sealed = { headers: null, authentication: null, clientCertificate: null };
  const row = { ...whole, ...sealed, ...stored.values, url: whole.url, id, builtIn: false, version: 1 };
  const refused = contradiction(row);
  if (refused) return refused;
  const secret = throwAwaySecret(input.signature);
  return { configuration: configurationOf(rowFor(row, workspace), [secret]), endpointId: null };
}

async function changed(
  workspace: Workspace,
  id: string,
  input: Omit<VerifyInput, "endpoint">,
): Promise<Draft | Refused | null> {
  const [before] = await db()
    .select()
    .from(endpoint)
    .where(and(alive(workspace.id), eq(endpoint.id, id)));
  if (!before) return null;
  const stored = storedValues(id, before, input);
  if ("message" in stored) return stored;
  const after = { ...before, ...stored.values };
  const refused = contradiction(after);
  if (refused) return refused;
  // The built-in receiver is reached by its own address alone: no form can move it, or get another endpoint there.
  if (!after.builtIn && isReceiverUrl(after.url)) return RECEIVERS_URL;
  if (after.builtIn && after.url !== before.url)
    return { field: "url", message: "The built-in receiver keeps its URL" };
  const secrets = await db()
    .select({ id: endpointSecret.id, encrypted: endpointSecret.encrypted, expiresAt: endpointSecret.expiresAt })
    .from(endpointSecret)
    .where(and(eq(endpointSecret.endpointId, id), stillSigns()));
  return { configuration: configurationOf(rowFor(after, workspace), secrets), endpointId: id };
}

const RECEIVERS_URL: Refused = { field: "url", message: "This URL belongs to the built-in receiver" };

type Row = Omit<Parameters<typeof configurationOf>[0], "workspaceId" | "workspaceSlug">;

/** Filter and transformation are about real events; a ping goes as it is. */
function rowFor(row: Row, { id: workspaceId, slug: workspaceSlug }: Workspace) {
  return { ...row, workspaceId, workspaceSlug, transformation: null };
}

/** An endpoint gets its secret when it is made. Until then a ping is signed with one that nobody else will ever know. */
function throwAwaySecret(signature: "hmac" | "ed25519"): SecretRow {
  const id = newId();
  const secret = signature === "ed25519" ? newWebhookKey() : newWebhookSecret();
  return {
    id,
    encrypted: encryptSecret(secret, { table: "endpoint_secret", column: "encrypted", id }),
    expiresAt: null,
  };
}
