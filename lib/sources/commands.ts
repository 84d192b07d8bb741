import { and, count, eq } from "drizzle-orm";
import { endpoint } from "../../drizzle/schema/configuration.ts";
import { gapCheck, source, sourceSecret } from "../../drizzle/schema/inbound.ts";
import type { Author } from "../audit/record.ts";
import { db, type Transaction } from "../db.ts";
import { alive as aliveEndpoint } from "../endpoints/queries.ts";
import { newId } from "../ids.ts";
import type { ProviderName } from "../providers/names.ts";
import { aliveSource, auditSource, changeSource, type StoredSource } from "./change.ts";
import type { SourceInput, SourcePatch } from "./input.ts";
import { traitsOf } from "./provider-fields.ts";
import { newSourceSecret, secretProblem } from "./secret-rules.ts";
import { replaceSecrets, storeSecrets } from "./secrets.ts";
import type { SourceStatus } from "./states.ts";
import { newToken } from "./token.ts";

export const MAX_SOURCES_PER_WORKSPACE = 500;

type Refused = { result: "refused"; field: string; message: string };

export type CreateSourceResult = { result: "created"; id: string } | { result: "limit"; limit: number } | Refused;

/** Without a secret one is made where it is ours to choose; where it is the provider's, it is added later. */
export async function createSource(
  workspaceId: string,
  input: SourceInput,
  author: Author,
): Promise<CreateSourceResult> {
  const { secrets: given, typePrefix, ...rest } = input;
  const traits = traitsOf(input.provider);
  const isMade = given.length === 0 && traits.secret === "ours" && input.provider !== "basic";
  const values = { ...storedValues(rest), typePrefix: typePrefix ?? traits.prefix };
  const row = { ...values, name: input.name, provider: input.provider, id: newId(), workspaceId, token: newToken() };
  return db().transaction(async (tx): Promise<CreateSourceResult> => {
    if (input.sync && !(await hasEndpoint(tx, workspaceId, input.sync.endpoint))) return NO_ENDPOINT;
    // Not exact when two are made at once: the limit guards against runaway scripts, not against one more.
    const had = await tx.select({ count: count() }).from(source).where(aliveSource(workspaceId));
    if ((had[0]?.count ?? 0) >= MAX_SOURCES_PER_WORKSPACE) return { result: "limit", limit: MAX_SOURCES_PER_WORKSPACE };
    await tx.insert(source).values(row);
    await storeSecrets(tx, row.id, isMade ? [newSourceSecret()] : given);
    await auditSource(tx, workspaceId, author, "created", row, {
      ...values,
      provider: input.provider,
      secrets: isMade ? 1 : given.length,
    });
    return { result: "created", id: row.id };
  });
}

const NO_ENDPOINT: Refused = { result: "refused", field: "sync.endpoint", message: "There is no such endpoint" };

export type UpdateSourceResult = { result: "updated" } | { result: "not_found" } | Refused;

/** What the patch leaves out stays. */
export async function updateSource(
  workspaceId: string,
  id: string,
  patch: SourcePatch,
  author: Author,
): Promise<UpdateSourceResult> {
  const { secrets, ...fields } = patch;
  const result = await changeSource(workspaceId, id, async (tx, before): Promise<UpdateSourceResult> => {
    const problem = secrets && wrongSecret(before.provider, secrets);
    if (problem) return problem;
    if (patch.sync && !(await hasEndpoint(tx, workspaceId, patch.sync.endpoint))) return NO_ENDPOINT;
    const values = storedValues(fields);
    if (Object.keys(values).length > 0) await tx.update(source).set(values).where(eq(source.id, id));
    if (secrets) await replaceSecrets(tx, id, secrets);
    const changes = { ...changesOf(before, values), ...(secrets && { secrets: `${secrets.length} in all` }) };
    await auditSource(tx, workspaceId, author, "updated", { ...before, ...values }, changes);
    return { result: "updated" };
  });
  return result ?? { result: "not_found" };
}

function wrongSecret(provider: ProviderName, secrets: string[]): Refused | null {
  const problems = secrets.map((secret) => secretProblem(provider, secret));
  const at = problems.findIndex((problem) => problem !== null);
  return at === -1 ? null : { result: "refused", field: `secrets[${at}]`, message: problems[at] ?? "" };
}

/** An input's fields as the columns have them; what it leaves out is left out here. */
function storedValues({ config, answer, typeMap, sync, ...same }: Omit<SourcePatch, "secrets">): Partial<StoredSource> {
  return {
    ...same,
    ...(config !== undefined && { settings: config }),
    ...(answer !== undefined && {
      answer: answer && {
        ...answer,
        headers: answer.headers.map(({ name, value }): [string, string] => [name, value]),
      },
    }),
    ...(typeMap !== undefined && { typeMap: typeMap.map(({ theirs, ours }): [string, string] => [theirs, ours]) }),
    ...(sync !== undefined && {
      syncEndpointId: sync?.endpoint ?? null,
      ...(sync && { syncTimeoutMs: sync.timeoutMs, syncHeaders: sync.headers }),
    }),
  };
}

async function hasEndpoint(tx: Transaction, workspaceId: string, endpointId: string): Promise<boolean> {
  return (await tx.$count(endpoint, and(aliveEndpoint(workspaceId), eq(endpoint.id, endpointId)))) > 0;
}

/** Old and new of every field that differs. */
function changesOf(before: StoredSource, values: Partial<StoredSource>): Record<string, unknown> {
  const entries = Object.entries(values).flatMap(([field, to]) => {
    const from = before[field as keyof StoredSource];
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [[field, { from, to }] as const];
  });
  return Object.fromEntries(entries);
}

/** `unchanged`: it was not in a state from which this is possible. */
export type StatusResult = "changed" | "unchanged" | "not_found";

/** Calls are answered 503, so that providers send them again later. */
export function pauseSource(workspaceId: string, id: string, author: Author): Promise<StatusResult> {
  return setStatus(workspaceId, id, author, { verb: "paused", from: ["active"], to: "paused" });
}

export function resumeSource(workspaceId: string, id: string, author: Author): Promise<StatusResult> {
  return setStatus(workspaceId, id, author, { verb: "resumed", from: ["paused"], to: "active" });
}

/** As if its URL were nobody's. */
export function disableSource(workspaceId: string, id: string, author: Author): Promise<StatusResult> {
  return setStatus(workspaceId, id, author, { verb: "disabled", from: ["active", "paused"], to: "disabled" });
}

export function enableSource(workspaceId: string, id: string, author: Author): Promise<StatusResult> {
  return setStatus(workspaceId, id, author, { verb: "enabled", from: ["disabled"], to: "active" });
}

type StatusChange = { verb: string; from: SourceStatus[]; to: SourceStatus };

async function setStatus(workspaceId: string, id: string, author: Author, change: StatusChange): Promise<StatusResult> {
  const { verb, from, to } = change;
  const result = await changeSource(workspaceId, id, async (tx, before): Promise<StatusResult> => {
    if (!from.includes(before.status)) return "unchanged";
    await tx.update(source).set({ status: to, statusSince: new Date() }).where(eq(source.id, id));
    await auditSource(tx, workspaceId, author, verb, before);
    return "changed";
  });
  return result ?? "not_found";
}

/** Its URL is nobody's from now on and its secrets are gone; its requests and events stay on record. */
export async function deleteSource(workspaceId: string, id: string, author: Author): Promise<boolean> {
  const deleted = await changeSource(workspaceId, id, async (tx, before) => {
    await tx.update(source).set({ deletedAt: new Date() }).where(eq(source.id, id));
    await tx.delete(sourceSecret).where(eq(sourceSecret.sourceId, id));
    await tx.delete(gapCheck).where(eq(gapCheck.sourceId, id));
    await auditSource(tx, workspaceId, author, "deleted", before);
    return true;
  });
  return deleted ?? false;
}

/** A new URL; the old one is nobody's at once. Null: no such source. */
export function rotateToken(workspaceId: string, id: string, author: Author): Promise<string | null> {
  return changeSource(workspaceId, id, async (tx, before) => {
    const token = newToken();
    await tx.update(source).set({ token }).where(eq(source.id, id));
    await auditSource(tx, workspaceId, author, "url_changed", before);
    return token;
  });
}
