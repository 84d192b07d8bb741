import { and, count, eq, gt, inArray } from "drizzle-orm";
import { endpoint, endpointState } from "../../drizzle/schema/configuration.ts";
import { delivery } from "../../drizzle/schema/traffic.ts";
import type { Author } from "../audit/record.ts";
import { db } from "../db.ts";
import { firstIdAt, newId } from "../ids.ts";
import { isReceiverUrl } from "../receiver/address.ts";
import { raiseRoutingVersion } from "../workspaces/routing-version.ts";
import { auditedSecrets, changedSecrets, isEncrypted } from "./audited-secrets.ts";
import { auditEndpoint, changeEndpoint, type StoredEndpoint } from "./change.ts";
import type { EndpointInput, EndpointPatch } from "./input.ts";
import { alive, countEffects, UNFINISHED } from "./queries.ts";
import { addSecret, replaceSecret } from "./secrets.ts";
import { FORMATS_WITH_SECRET_URL, shownUrl } from "./shown-url.ts";
import { ENDPOINT_DELETED, type EndpointStatus } from "./states.ts";
import { contradiction, NOTHING_STORED, type Refused, storedValues } from "./stored-values.ts";

export const MAX_ENDPOINTS_PER_WORKSPACE = 1_000;
/** Deliveries discarded in one transaction when their endpoint goes. */
const DISCARD_WINDOW = 1_000;

export type CreateEndpointResult =
  | { result: "created"; id: string }
  | { result: "limit"; limit: number }
  | ({ result: "refused" } & Refused);

/** `builtIn`, with the id that its URL names, is for the product's own receiver alone; no form and no API can ask for it. */
export async function createEndpoint(
  workspaceId: string,
  input: EndpointInput,
  author: Author,
  { builtIn = false, id = newId() } = {},
): Promise<CreateEndpointResult> {
  const stored = storedValues(id, NOTHING_STORED, input);
  if ("message" in stored) return { result: "refused", ...stored };
  const sealed = { headers: null, authentication: null, clientCertificate: null };
  const row = { ...input, ...sealed, ...stored.values, url: input.url, id, workspaceId, builtIn };
  const refused = contradiction(row);
  if (refused) return { result: "refused", ...refused };
  return db().transaction(async (tx) => {
    // Not exact when two are made at once: the limit guards against runaway scripts, not against one more.
    const [had] = await tx.select({ count: count() }).from(endpoint).where(alive(workspaceId));
    if ((had?.count ?? 0) >= MAX_ENDPOINTS_PER_WORKSPACE) {
      return { result: "limit", limit: MAX_ENDPOINTS_PER_WORKSPACE };
    }
    await tx.insert(endpoint).values(row);
    await addSecret(tx, id, row.signature);
    await raiseRoutingVersion(tx, workspaceId);
    await auditEndpoint(tx, workspaceId, author, "created", row, {
      ...input,
      url: shownUrl(row),
      ...auditedSecrets(input),
    });
    return { result: "created", id };
  });
}

export type UpdateEndpointResult =
  | { result: "updated" }
  | { result: "not_found" }
  | { result: "built_in" }
  | ({ result: "refused" } & Refused);

/** What the patch leaves out stays; so does a secret that is given masked. */
export async function updateEndpoint(
  workspaceId: string,
  id: string,
  patch: EndpointPatch,
  author: Author,
): Promise<UpdateEndpointResult> {
  const result = await changeEndpoint(workspaceId, id, async (tx, before): Promise<UpdateEndpointResult> => {
    if (before.builtIn && patch.url !== undefined && patch.url !== before.url) return { result: "built_in" };
    if (!before.builtIn && isReceiverUrl(patch.url ?? "")) return { result: "refused", ...RECEIVERS_URL };
    const stored = storedValues(id, before, patch);
    if ("message" in stored) return { result: "refused", ...stored };
    const after = { ...before, ...stored.values };
    const refused = contradiction(after);
    if (refused) return { result: "refused", ...refused };
    if (Object.keys(stored.values).length > 0) await tx.update(endpoint).set(stored.values).where(eq(endpoint.id, id));
    if (after.signature !== before.signature) await replaceSecret(tx, id, after.signature);
    const changes = changesOf(audited(before, after), audited(after, before));
    await auditEndpoint(tx, workspaceId, author, "updated", after, {
      ...changes,
      ...changedSecrets(before, after, patch),
    });
    return { result: "updated" };
  });
  return result ?? { result: "not_found" };
}

const RECEIVERS_URL: Refused = { field: "url", message: "This URL belongs to the built-in receiver" };

/** `unchanged`: it was not in a state from which this is possible. */
export type StatusResult = "changed" | "unchanged" | "not_found";

/** New deliveries are held, and what is queued is held when its turn comes. Nothing is lost. */
export function pauseEndpoint(workspaceId: string, id: string, author: Author): Promise<StatusResult> {
  return setStatus(workspaceId, id, author, { verb: "paused", from: ["active"], to: "paused", reason: null });
}

/** Held deliveries are released by the worker, at a bounded pace. */
export function resumeEndpoint(workspaceId: string, id: string, author: Author): Promise<StatusResult> {
  return setStatus(workspaceId, id, author, { verb: "resumed", from: ["paused"], to: "active", reason: null });
}

export function disableEndpoint(
  workspaceId: string,
  id: string,
  author: Author,
  reason?: string,
): Promise<StatusResult> {
  const from: EndpointStatus[] = ["active", "paused"];
  return setStatus(workspaceId, id, author, { verb: "disabled", from, to: "disabled", reason: reason ?? null });
}

export function enableEndpoint(workspaceId: string, id: string, author: Author): Promise<StatusResult> {
  return setStatus(workspaceId, id, author, { verb: "enabled", from: ["disabled"], to: "active", reason: null });
}

type StatusChange = { verb: string; from: EndpointStatus[]; to: EndpointStatus; reason: string | null };

async function setStatus(workspaceId: string, id: string, author: Author, change: StatusChange): Promise<StatusResult> {
  const { verb, from, to, reason } = change;
  const result = await changeEndpoint(workspaceId, id, async (tx, before): Promise<StatusResult> => {
    if (!from.includes(before.status)) return "unchanged";
    const values = { status: to, statusReason: reason, statusActor: author.name, statusSince: new Date() };
    await tx.update(endpoint).set(values).where(eq(endpoint.id, id));
    // Days without a success count anew, or the first failure would disable it again.
    if (to === "active") {
      await tx.update(endpointState).set({ failingSince: null }).where(eq(endpointState.endpointId, id));
    }
    await auditEndpoint(tx, workspaceId, author, verb, before, reason ? { reason } : undefined);
    return "changed";
  });
  return result ?? "not_found";
}

export type DeleteEndpointResult = { result: "deleted"; discarded: number } | { result: "not_found" };

/**
 * Takes the endpoint out of routing and every list; its deliveries stay on record. What was not over yet is discarded,
 * window by window; a job that is left behind finds its endpoint gone when it is claimed.
 */
export async function deleteEndpoint(workspaceId: string, id: string, author: Author): Promise<DeleteEndpointResult> {
  const effects = await countEffects(workspaceId, id);
  const deleted = await changeEndpoint(workspaceId, id, async (tx, before) => {
    await tx.update(endpoint).set({ deletedAt: new Date() }).where(eq(endpoint.id, id));
    await auditEndpoint(tx, workspaceId, author, "deleted", before, { unfinishedDeliveries: effects.unfinished });
    return true;
  });
  return deleted ? { result: "deleted", discarded: await discardUnfinished(workspaceId, id) } : { result: "not_found" };
}

async function discardUnfinished(workspaceId: string, endpointId: string): Promise<number> {
  let discarded = 0;
  let after = firstIdAt(0);
  for (;;) {
    const ids = await discardWindow(workspaceId, endpointId, after);
    discarded += ids.length;
    const last = ids.at(-1);
    if (!last) return discarded;
    after = last;
  }
}

async function discardWindow(workspaceId: string, endpointId: string, after: string): Promise<string[]> {
  const unfinished = and(
    eq(delivery.workspaceId, workspaceId),
    eq(delivery.endpointId, endpointId),
    gt(delivery.id, after),
    inArray(delivery.status, [...UNFINISHED]),
  );
  return db().transaction(async (tx) => {
    const rows = await tx
      .select({ id: delivery.id })
      .from(delivery)
      .where(unfinished)
      .orderBy(delivery.id)
      .limit(DISCARD_WINDOW)
      .for("update");
    const ids = rows.map((row) => row.id);
    if (ids.length === 0) return ids;
    await tx
      .update(delivery)
      .set({
        status: "discarded",
        trouble: true,
        parked: false,
        released: false,
        nextAttemptAt: null,
        reason: ENDPOINT_DELETED,
        finishedAt: new Date(),
      })
      .where(and(inArray(delivery.id, ids), gt(delivery.id, after)));
    return ids;
  });
}

/** With the URL masked when it is a secret before the change or after it: mostly the same one stands in both. */
function audited(endpoint: StoredEndpoint, other: StoredEndpoint): StoredEndpoint {
  const format = FORMATS_WITH_SECRET_URL.includes(other.format) ? other.format : endpoint.format;
  return { ...endpoint, url: shownUrl({ url: endpoint.url, format }) };
}

/** Old and new of every field that differs. */
function changesOf(before: StoredEndpoint, after: StoredEndpoint): Record<string, unknown> {
  const entries = Object.entries(after).flatMap(([field, value]) => {
    const old = before[field as keyof StoredEndpoint];
    if (isEncrypted(field) || JSON.stringify(old) === JSON.stringify(value)) return [];
    return [[field, { from: old, to: value }] as const];
  });
  return Object.fromEntries(entries);
}
