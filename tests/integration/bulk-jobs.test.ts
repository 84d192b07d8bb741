import { beforeEach, expect, test } from "vitest";
import { continueJob, stopJob } from "../../lib/bulk-jobs/commands.ts";
import { finishJob } from "../../lib/bulk-jobs/finish.ts";
import { findJob } from "../../lib/bulk-jobs/queries.ts";
import { takeTurn } from "../../lib/bulk-jobs/turn.ts";
import { hotSql } from "../../lib/db.ts";
import { releaseParked } from "../../lib/delivery/release.ts";
import { aCountedJob, ada, itemsOf, theJob } from "../support/bulk-jobs.ts";
import { testDatabase } from "../support/database.ts";
import { liveJobs, theDelivery } from "../support/deliveries.ts";
import { aFailedDelivery, anEndpoint, aWorkspace } from "../support/traffic.ts";

await testDatabase();
let workspaceId = "";
let endpointId = "";

beforeEach(async () => {
  workspaceId = await aWorkspace();
  endpointId = await anEndpoint(workspaceId);
});

const turn = (jobId: string) => takeTurn(hotSql(), jobId, endpointId);

test("what failed is put in line under the name of whoever asked, and told once it is over", async () => {
  const id = await aFailedDelivery(workspaceId, { endpointId });
  const jobId = await aCountedJob(workspaceId);
  expect(await theJob(jobId)).toMatchObject({ status: "running", total: 1 });
  expect(await turn(jobId)).toMatchObject({ moved: 1 });
  expect(await theDelivery(id)).toMatchObject({
    status: "queued",
    parked: true,
    nextTrigger: "bulk",
    nextActor: "usr_ada",
    finishedAt: null,
    reason: null,
  });
  expect(await turn(jobId)).toMatchObject({ moved: 0, unfinished: true });
  await hotSql()`update delivery set status = 'delivered', parked = false, attempts = 11 where id = ${id}`;
  expect(await turn(jobId)).toMatchObject({ moved: 1 });
  expect(await finishJob(hotSql(), jobId)).toBe(true);
  expect(await findJob(workspaceId, jobId)).toMatchObject({ status: "done", over: 1, sums: { delivered: 1, open: 0 } });
});

test("a stop takes out of the line what was not let out yet, and going on puts it back", async () => {
  const ids = [];
  for (let n = 0; n < 5; n++)
    ids.push(await aFailedDelivery(workspaceId, { endpointId, reason: "All used up", finishedAt: new Date() }));
  const before = await theDelivery(ids[4]!);
  const jobId = await aCountedJob(workspaceId);
  await turn(jobId);
  await hotSql()`update endpoint set max_in_flight = 2 where id = ${endpointId}`;
  expect(await releaseParked(hotSql())).toBe(2);
  expect(await stopJob(workspaceId, jobId, ada)).toBe("stopped");
  expect(await findJob(workspaceId, jobId)).toMatchObject({ status: "stopped", sums: { open: 2, waiting: 3 } });
  for (const id of ids.slice(2)) {
    expect(await theDelivery(id)).toMatchObject({
      status: "failed",
      parked: false,
      reason: "All used up",
      nextTrigger: null,
    });
    expect(await liveJobs(id)).toEqual([]);
  }
  expect((await theDelivery(ids[4]!)).finishedAt).toEqual(before.finishedAt);
  expect(await continueJob(workspaceId, jobId, ada)).toBe("continued");
  await turn(jobId);
  expect((await itemsOf(jobId)).map(({ state }) => state)).toEqual(Array(5).fill("open"));
  for (const id of ids.slice(2)) expect(await theDelivery(id)).toMatchObject({ status: "queued", parked: true });
});
