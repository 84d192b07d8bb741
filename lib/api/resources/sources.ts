import { z } from "zod";
import type { Scope } from "../../api-keys/scopes.ts";
import { MASK } from "../../endpoints/reserved-headers.ts";
import { formatId } from "../../ids.ts";
import { PROVIDERS } from "../../providers/names.ts";
import * as commands from "../../sources/commands.ts";
import { addSecretInput, sourceInput, sourcePatch } from "../../sources/input.ts";
import { sourceUrl } from "../../sources/open-source.ts";
import { findSource, listSources, type SourceRow } from "../../sources/queries.ts";
import { addSourceSecret, endSourceSecret, revealSourceSecrets, type SecretFacts } from "../../sources/secrets.ts";
import { SOURCE_STATUSES, type SourceStatus } from "../../sources/states.ts";
import { listAnswer, pageOf, pageQuery, textParameter } from "../cursor.ts";
import { fieldRefusal } from "../issues.ts";
import { type Refusal, refusal } from "../problem.ts";
import { type Answer, route } from "../route.ts";
import { sourceDetailShape, sourceSecretsShape, sourceShape } from "../source-shapes.ts";

const byId = { params: { id: "src" } } as const;
const NOT_FOUND = refusal("not_found", "There is no such source");
const UUID = z.uuid();

export const sourceRoutes = [
  route({
    method: "GET",
    path: "/sources",
    operation: "listSources",
    summary: "List sources, the newest first",
    scope: "read",
    params: {},
    query: z.strictObject({
      ...pageQuery,
      search: textParameter(200),
      provider: z.enum(PROVIDERS).optional(),
      status: z.enum(SOURCE_STATUSES).optional(),
    }),
    answer: { status: 200, shape: sourceShape, list: true },
    problems: ["invalid_parameter"],
    handle: async ({ workspaceId, query, scopes }) =>
      listAnswer(await listSources(workspaceId, query, pageOf(query, "src")), "src", (row) => present(row, scopes)),
  }),
  route({
    method: "POST",
    path: "/sources",
    operation: "createSource",
    summary: "Create a source; its url is what is pasted at the provider",
    scope: "write",
    params: {},
    body: { name: "SourceInput", schema: sourceInput },
    answer: { status: 201, shape: sourceDetailShape },
    problems: ["conflict"],
    handle: async ({ workspaceId, scopes, author, body }) => {
      const created = await commands.createSource(workspaceId, body, author);
      if (created.result === "refused") return fieldRefusal(created.field, created.message);
      if (created.result === "limit") {
        return refusal("conflict", `A workspace has at most ${created.limit} sources: delete one first`);
      }
      return {
        ...(await show(workspaceId, created.id, scopes)),
        location: `/api/v1/sources/${formatId("src", created.id)}`,
      };
    },
  }),
  route({
    ...byId,
    method: "GET",
    path: "/sources/{id}",
    operation: "getSource",
    summary: "Get a source",
    scope: "read",
    answer: { status: 200, shape: sourceDetailShape },
    problems: ["not_found"],
    handle: ({ workspaceId, scopes, params: { id = "" } }) => show(workspaceId, id, scopes),
  }),
  route({
    ...byId,
    method: "PATCH",
    path: "/sources/{id}",
    operation: "updateSource",
    summary: "Change a source; what is left out stays",
    scope: "write",
    body: { name: "SourcePatch", schema: sourcePatch },
    answer: { status: 200, shape: sourceDetailShape },
    problems: ["not_found"],
    handle: async ({ workspaceId, scopes, author, params: { id = "" }, body }) => {
      const updated = await commands.updateSource(workspaceId, id, body, author);
      return updated.result === "refused"
        ? fieldRefusal(updated.field, updated.message)
        : show(workspaceId, id, scopes);
    },
  }),
  route({
    ...byId,
    method: "DELETE",
    path: "/sources/{id}",
    operation: "deleteSource",
    summary: "Delete a source; its requests and events stay on record",
    scope: "write",
    answer: { status: 204 },
    problems: ["not_found"],
    handle: async ({ workspaceId, author, params: { id = "" } }) =>
      (await commands.deleteSource(workspaceId, id, author)) ? {} : NOT_FOUND,
  }),
  route({
    ...byId,
    method: "POST",
    path: "/sources/{id}/pause",
    operation: "pauseSource",
    summary: "Pause a source; callers get 503 and are to send again later",
    scope: "write",
    answer: { status: 200, shape: sourceDetailShape },
    problems: ["not_found", "conflict"],
    handle: async ({ workspaceId, scopes, author, params: { id = "" } }) => {
      await commands.pauseSource(workspaceId, id, author);
      return showIn("paused", workspaceId, id, scopes);
    },
  }),
  route({
    ...byId,
    method: "POST",
    path: "/sources/{id}/resume",
    operation: "resumeSource",
    summary: "Make a paused or disabled source active",
    scope: "write",
    answer: { status: 200, shape: sourceDetailShape },
    problems: ["not_found", "conflict"],
    handle: async ({ workspaceId, scopes, author, params: { id = "" } }) => {
      const resumed = await commands.resumeSource(workspaceId, id, author);
      if (resumed === "unchanged") await commands.enableSource(workspaceId, id, author);
      return showIn("active", workspaceId, id, scopes);
    },
  }),
  route({
    ...byId,
    method: "POST",
    path: "/sources/{id}/url",
    operation: "changeSourceUrl",
    summary: "Give a source a new URL; the old one is nobody's at once",
    scope: "secrets",
    answer: { status: 200, shape: sourceDetailShape },
    problems: ["not_found"],
    handle: async ({ workspaceId, scopes, author, params: { id = "" } }) => {
      await commands.rotateToken(workspaceId, id, author);
      return show(workspaceId, id, scopes);
    },
  }),
  route({
    ...byId,
    method: "GET",
    path: "/sources/{id}/secrets",
    operation: "getSourceSecrets",
    summary: "Get the secrets that prove calls now; the audit log notes it",
    scope: "secrets",
    answer: { status: 200, shape: sourceSecretsShape },
    problems: ["not_found"],
    handle: async ({ workspaceId, author, params: { id = "" } }) => {
      const secrets = await revealSourceSecrets(workspaceId, id, author);
      return secrets
        ? { body: { secrets: secrets.map((one) => ({ ...secretFacts(one), secret: one.secret })) } }
        : NOT_FOUND;
    },
  }),
  route({
    ...byId,
    method: "POST",
    path: "/sources/{id}/secrets",
    operation: "addSourceSecret",
    summary: "Add a secret beside the others, which end after overlapSeconds, or never",
    scope: "secrets",
    body: { name: "SourceSecretInput", schema: addSecretInput },
    answer: { status: 200, shape: sourceDetailShape },
    problems: ["not_found", "conflict"],
    handle: async ({ workspaceId, scopes, author, params: { id = "" }, body }) => {
      const added = await addSourceSecret(workspaceId, id, body, author);
      if (added.result === "refused") return fieldRefusal("secret", added.message);
      if (added.result === "limit") return refusal("conflict", `A source has at most ${added.limit} secrets`);
      return show(workspaceId, id, scopes);
    },
  }),
  route({
    method: "DELETE",
    path: "/sources/{id}/secrets/{secret}",
    operation: "endSourceSecret",
    summary: "End a secret now",
    scope: "secrets",
    params: { id: "src", secret: "name" },
    answer: { status: 204 },
    problems: ["not_found"],
    handle: async ({ workspaceId, author, params: { id = "", secret: secretId = "" } }) => {
      const ended = UUID.safeParse(secretId).success && (await endSourceSecret(workspaceId, id, { secretId }, author));
      return ended ? {} : NOT_FOUND;
    },
  }),
];

async function show(workspaceId: string, id: string, scopes: readonly Scope[]): Promise<Answer | Refusal> {
  const found = await findSource(workspaceId, id);
  return found ? { body: { ...present(found, scopes), secrets: found.secrets.map(secretFacts) } } : NOT_FOUND;
}

/** The source, when it is in the state that was asked for; being there already is as good. */
async function showIn(
  status: SourceStatus,
  workspaceId: string,
  id: string,
  scopes: readonly Scope[],
): Promise<Answer | Refusal> {
  const found = await findSource(workspaceId, id);
  if (!found) return NOT_FOUND;
  return found.status === status ? show(workspaceId, id, scopes) : refusal("conflict", `The source is ${found.status}`);
}

function secretFacts({ id, ending, createdAt, expiresAt }: SecretFacts) {
  return { id, ending, createdAt: createdAt.toISOString(), expiresAt: expiresAt?.toISOString() ?? null };
}

/** Who may only read is not told the whole of the URL: who knows it may post. */
function present(row: SourceRow, scopes: readonly Scope[]): z.input<typeof sourceShape.schema> {
  const { syncEndpointId, answer } = row;
  return {
    id: formatId("src", row.id),
    name: row.name,
    description: row.description,
    provider: row.provider,
    url: sourceUrl(scopes.includes("write") ? row.token : MASK),
    config: row.settings,
    answer: answer && { ...answer, headers: Object.fromEntries(answer.headers) },
    allowCidrs: row.allowCidrs,
    rateLimit: row.rateLimit,
    forwardHeaders: row.forwardHeaders,
    typePrefix: row.typePrefix,
    typeMap: Object.fromEntries(row.typeMap),
    customerAt: row.customerAt,
    sync:
      syncEndpointId === null
        ? null
        : { endpoint: formatId("ep", syncEndpointId), timeoutMs: row.syncTimeoutMs, headers: row.syncHeaders },
    status: row.status,
    statusSince: row.statusSince.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}
