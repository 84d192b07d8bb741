import { z } from "zod";
import { bulkJobInput, scopeOf } from "../../bulk-jobs/api-input.ts";
import { continueJob, MOST_UNDER_WAY, startJob, stopJob } from "../../bulk-jobs/commands.ts";
import { findJob, type JobRow, listJobs } from "../../bulk-jobs/queries.ts";
import { sentenceOf } from "../../bulk-jobs/sentence.ts";
import { formatId, newId } from "../../ids.ts";
import { endpointNames } from "../../reports/endpoint-names.ts";
import { listAnswer, pageOf, pageQuery } from "../cursor.ts";
import { refusal } from "../problem.ts";
import { route } from "../route.ts";
import { bulkJobShape } from "../shapes.ts";

const NOT_FOUND = refusal("not_found", "There is no such job");
const TOO_MANY = refusal("conflict", `${MOST_UNDER_WAY} jobs are under way already: wait for one, or stop one`);

async function answerJob(workspaceId: string, id: string) {
  const job = await findJob(workspaceId, id);
  return job ? { body: presentJob(job) } : NOT_FOUND;
}

export const jobRoutes = [
  route({
    method: "POST",
    path: "/jobs",
    operation: "startJob",
    summary: "Retry many deliveries, or replay many events: counted first, then put to work endpoint by endpoint",
    scope: "retry",
    params: {},
    body: { name: "BulkJobInput", schema: bulkJobInput },
    answer: { status: 202, shape: bulkJobShape },
    problems: ["conflict"],
    handle: async ({ workspaceId, author, body }) => {
      const scope = scopeOf(body, new Date());
      const named = scope.over.by === "deliveries" ? scope.over.filter.endpointId : scope.endpointId;
      const names = await endpointNames(workspaceId, named ? [named] : []);
      const endpoint = (one: string) => names.get(one)?.description || (names.get(one)?.url ?? formatId("ep", one));
      const sentence = sentenceOf(body.kind, scope, { endpoint });
      const id = newId();
      const started = await startJob(
        workspaceId,
        { id, kind: body.kind, pace: body.pace ?? null, scope, sentence },
        author,
      );
      return started === "too_many" ? TOO_MANY : answerJob(workspaceId, id);
    },
  }),
  route({
    method: "GET",
    path: "/jobs",
    operation: "listJobs",
    summary: "List bulk jobs, the newest first",
    scope: "read",
    params: {},
    query: z.strictObject(pageQuery),
    answer: { status: 200, shape: bulkJobShape, list: true },
    problems: ["invalid_parameter"],
    handle: async ({ workspaceId, query }) => {
      return listAnswer(await listJobs(workspaceId, pageOf(query, "job")), "job", presentJob);
    },
  }),
  route({
    method: "GET",
    path: "/jobs/{id}",
    operation: "getJob",
    summary: "Get a bulk job and how far it is",
    scope: "read",
    params: { id: "job" },
    answer: { status: 200, shape: bulkJobShape },
    problems: ["not_found"],
    handle: ({ workspaceId, params: { id = "" } }) => answerJob(workspaceId, id),
  }),
  route({
    method: "POST",
    path: "/jobs/{id}/stop",
    operation: "stopJob",
    summary: "Stop a bulk job; what stands in line is taken out, calls on their way go on",
    scope: "retry",
    params: { id: "job" },
    answer: { status: 200, shape: bulkJobShape },
    problems: ["not_found", "conflict"],
    handle: async ({ workspaceId, author, params: { id = "" } }) => {
      const result = await stopJob(workspaceId, id, author);
      return result === "not_under_way" ? refusal("conflict", "It is over already") : answerJob(workspaceId, id);
    },
  }),
  route({
    method: "POST",
    path: "/jobs/{id}/continue",
    operation: "continueJob",
    summary: "Go on with a bulk job that was stopped",
    scope: "retry",
    params: { id: "job" },
    answer: { status: 200, shape: bulkJobShape },
    problems: ["not_found", "conflict"],
    handle: async ({ workspaceId, author, params: { id = "" } }) => {
      const result = await continueJob(workspaceId, id, author);
      if (result === "too_many") return TOO_MANY;
      return result === "not_stopped" ? refusal("conflict", "It is not stopped") : answerJob(workspaceId, id);
    },
  }),
];

function presentJob(job: JobRow): z.input<typeof bulkJobShape.schema> {
  const { id, kind, status, sentence, pace, total, over, sums, actor, startedAt, finishedAt, createdAt } = job;
  return {
    id: formatId("job", id),
    kind,
    status,
    sentence,
    order: job.scope.order,
    pace,
    total,
    done: over,
    counts: sums,
    startedBy: actor,
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
