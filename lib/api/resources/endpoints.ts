import { z } from "zod";
import { backTest } from "../../back-test/back-test.ts";
import { backTestInput } from "../../back-test/input.ts";
import * as commands from "../../endpoints/commands.ts";
import { endpointInput, endpointPatch, rotateInput } from "../../endpoints/input.ts";
import { probeNow } from "../../endpoints/probe-now.ts";
import { type EndpointRow, findEndpoint, listEndpoints } from "../../endpoints/queries.ts";
import { revealSecret, rotateSecret } from "../../endpoints/secrets.ts";
import { ENDPOINT_STATUSES, type EndpointStatus } from "../../endpoints/states.ts";
import { formatId } from "../../ids.ts";
import { listAnswer, pageOf, pageQuery, textParameter } from "../cursor.ts";
import { fieldRefusal } from "../issues.ts";
import { type Refusal, refusal } from "../problem.ts";
import { type Answer, route } from "../route.ts";
import { backTestShape, endpointShape, rotatedShape, secretShape } from "../shapes.ts";

const byId = { params: { id: "ep" } } as const;
const NOT_FOUND = refusal("not_found", "There is no such endpoint");

export const endpointRoutes = [
  route({
    method: "GET",
    path: "/endpoints",
    operation: "listEndpoints",
    summary: "List endpoints, the newest first",
    scope: "read",
    params: {},
    query: z.strictObject({
      ...pageQuery,
      search: textParameter(200),
      customer: textParameter(256),
      status: z.enum(ENDPOINT_STATUSES).optional(),
    }),
    answer: { status: 200, shape: endpointShape, list: true },
    problems: ["invalid_parameter"],
    handle: async ({ workspaceId, query }) =>
      listAnswer(await listEndpoints(workspaceId, query, pageOf(query, "ep")), "ep", present),
  }),
  route({
    method: "POST",
    path: "/endpoints",
    operation: "createEndpoint",
    summary: "Create an endpoint",
    scope: "write",
    params: {},
    body: { name: "EndpointInput", schema: endpointInput },
    answer: { status: 201, shape: endpointShape },
    problems: ["conflict"],
    handle: async ({ workspaceId, author, body }) => {
      const created = await commands.createEndpoint(workspaceId, body, author);
      if (created.result === "refused") return fieldRefusal(created.field, created.message);
      if (created.result === "limit") {
        return refusal("conflict", `A workspace has at most ${created.limit} endpoints: delete one first`);
      }
      return {
        ...(await show(workspaceId, created.id)),
        location: `/api/v1/endpoints/${formatId("ep", created.id)}`,
      };
    },
  }),
  route({
    method: "POST",
    path: "/endpoints/back-test",
    operation: "backTestEndpoint",
    summary: "Try a filter and a transformation on the newest events; nothing is stored or sent",
    scope: "read",
    params: {},
    body: { name: "BackTestInput", schema: backTestInput },
    answer: { status: 200, shape: backTestShape },
    problems: [],
    handle: async ({ workspaceId, body }) => ({ body: await backTest(workspaceId, body) }),
  }),
  route({
    ...byId,
    method: "GET",
    path: "/endpoints/{id}",
    operation: "getEndpoint",
    summary: "Get an endpoint",
    scope: "read",
    answer: { status: 200, shape: endpointShape },
    problems: ["not_found"],
    handle: ({ workspaceId, params: { id = "" } }) => show(workspaceId, id),
  }),
  route({
    ...byId,
    method: "PATCH",
    path: "/endpoints/{id}",
    operation: "updateEndpoint",
    summary: "Change an endpoint; what is left out stays",
    scope: "write",
    body: { name: "EndpointPatch", schema: endpointPatch },
    answer: { status: 200, shape: endpointShape },
    problems: ["not_found", "conflict"],
    handle: async ({ workspaceId, author, params: { id = "" }, body }) => {
      const updated = await commands.updateEndpoint(workspaceId, id, body, author);
      if (updated.result === "refused") return fieldRefusal(updated.field, updated.message);
      if (updated.result === "built_in")
        return refusal("conflict", "The URL of the built-in receiver cannot be changed");
      return show(workspaceId, id);
    },
  }),
  route({
    ...byId,
    method: "DELETE",
    path: "/endpoints/{id}",
    operation: "deleteEndpoint",
    summary: "Delete an endpoint and discard what it has not been sent yet",
    scope: "write",
    answer: { status: 204 },
    problems: ["not_found"],
    handle: async ({ workspaceId, author, params: { id = "" } }) => {
      const { result } = await commands.deleteEndpoint(workspaceId, id, author);
      return result === "deleted" ? {} : NOT_FOUND;
    },
  }),
  route({
    ...byId,
    method: "POST",
    path: "/endpoints/{id}/pause",
    operation: "pauseEndpoint",
    summary: "Pause an endpoint; its deliveries are held",
    scope: "write",
    answer: { status: 200, shape: endpointShape },
    problems: ["not_found", "conflict"],
    handle: async ({ workspaceId, author, params: { id = "" } }) => {
      await commands.pauseEndpoint(workspaceId, id, author);
      return showIn("paused", workspaceId, id);
    },
  }),
  route({
    ...byId,
    method: "POST",
    path: "/endpoints/{id}/resume",
    operation: "resumeEndpoint",
    summary: "Make a paused or disabled endpoint active; what was held is released",
    scope: "write",
    answer: { status: 200, shape: endpointShape },
    problems: ["not_found", "conflict"],
    handle: async ({ workspaceId, author, params: { id = "" } }) => {
      const resumed = await commands.resumeEndpoint(workspaceId, id, author);
      if (resumed === "unchanged") await commands.enableEndpoint(workspaceId, id, author);
      return showIn("active", workspaceId, id);
    },
  }),
  route({
    ...byId,
    method: "POST",
    path: "/endpoints/{id}/probe",
    operation: "probeEndpoint",
    summary: "Let the next probe of an open circuit go now; a circuit that is not open is left as it is",
    scope: "retry",
    answer: { status: 200, shape: endpointShape },
    problems: ["not_found"],
    handle: async ({ workspaceId, author, params: { id = "" } }) => {
      if ((await probeNow(workspaceId, id, author)) === "not_found") return NOT_FOUND;
      const row = await findEndpoint(workspaceId, id);
      return row ? { body: present(row) } : NOT_FOUND;
    },
  }),
  route({
    ...byId,
    method: "GET",
    path: "/endpoints/{id}/secret",
    operation: "getEndpointSecret",
    summary: "Get the signing secret; the audit log notes it",
    scope: "secrets",
    answer: { status: 200, shape: secretShape },
    problems: ["not_found"],
    handle: async ({ workspaceId, author, params: { id = "" } }) => {
      const revealed = await revealSecret(workspaceId, id, author);
      if (!revealed) return NOT_FOUND;
      const previous = revealed.previous.map(({ secret, expiresAt }) => ({
        secret,
        expiresAt: expiresAt?.toISOString(),
      }));
      return { body: { secret: revealed.secret, previous } };
    },
  }),
  route({
    ...byId,
    method: "POST",
    path: "/endpoints/{id}/secret/rotate",
    operation: "rotateEndpointSecret",
    summary: "Make a new signing secret; the old one signs beside it for a while",
    scope: "secrets",
    body: { name: "RotateInput", schema: rotateInput },
    answer: { status: 200, shape: rotatedShape },
    problems: ["not_found"],
    handle: async ({ workspaceId, author, params: { id = "" }, body }) => {
      const rotated = await rotateSecret(workspaceId, id, body, author);
      if (!rotated) return NOT_FOUND;
      return { body: { secret: rotated.secret, previousExpiresAt: rotated.previousExpiresAt.toISOString() } };
    },
  }),
];

async function show(workspaceId: string, id: string): Promise<Answer | Refusal> {
  const found = await findEndpoint(workspaceId, id);
  return found ? { body: present(found) } : NOT_FOUND;
}

/** The endpoint, when it is in the state that was asked for; being there already is as good. */
async function showIn(status: EndpointStatus, workspaceId: string, id: string): Promise<Answer | Refusal> {
  const found = await findEndpoint(workspaceId, id);
  if (!found) return NOT_FOUND;
  return found.status === status ? { body: present(found) } : refusal("conflict", `The endpoint is ${found.status}`);
}

function present(row: EndpointRow): z.input<typeof endpointShape.schema> {
  return {
    id: formatId("ep", row.id),
    url: row.url,
    description: row.description,
    customer: row.customer,
    subscriptions: row.subscriptions,
    headers: Object.fromEntries(row.headers.map(({ name, value }) => [name, value])),
    timeoutSeconds: row.timeoutSeconds,
    retrySchedule: row.retrySchedule,
    expectedStatuses: row.expectedStatuses,
    authentication: row.authentication,
    clientCertificate: row.clientCertificate,
    signature: row.signature,
    format: row.format,
    method: row.method,
    maxAgeSeconds: row.maxAgeSeconds,
    rateLimit: row.rateLimit,
    rateBurst: row.rateBurst,
    maxInFlight: row.maxInFlight,
    ordering: row.ordering,
    batchSize: row.batchSize,
    batchSeconds: row.batchSeconds,
    filter: row.filter === null ? null : JSON.parse(row.filter),
    transformation: row.transformation,
    circuit: row.circuit ?? "closed",
    circuitReason: row.circuitReason,
    circuitSince: row.circuitSince?.toISOString() ?? null,
    probeAt: row.probeAt?.toISOString() ?? null,
    slowedUntil: row.slowedUntil?.toISOString() ?? null,
    status: row.status,
    statusReason: row.statusReason,
    statusSince: row.statusSince.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}
