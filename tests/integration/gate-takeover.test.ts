import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { hotSql } from "../../lib/db.ts";
import { testDatabase } from "../support/database.ts";
import { aSignedEndpoint, queueDeliveries } from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultReceiver, faultReceiver } from "../support/receiver.ts";
import { aWorkspace } from "../support/traffic.ts";
import { aWorkerProcess, type WorkerProcess } from "../support/worker.ts";

await testDatabase({ HOST: "127.0.0.1" });
const workspaceId = await aWorkspace();
let receiver: FaultReceiver;
const workers: WorkerProcess[] = [];

beforeAll(async () => {
  receiver = await faultReceiver();
});
afterEach(() => {
  for (const { child } of workers.splice(0)) child.kill("SIGKILL");
});
afterAll(() => receiver.close());

async function start(): Promise<WorkerProcess> {
  const worker = await aWorkerProcess();
  workers.push(worker);
  return worker;
}

const holder = async () =>
  (await hotSql()<{ holder: string }[]>`select holder from lease where name = 'releaser'`)[0]?.holder;

async function countOf(endpointId: string, status: string): Promise<number> {
  const [row] = await hotSql()<{ count: number }[]>`
    select count(*)::int as count from delivery where endpoint_id = ${endpointId} and status = ${status}`;
  return row?.count ?? 0;
}

test.each([
  ["killed", "SIGKILL"],
  ["frozen", "SIGSTOP"],
] as const)(
  "when the worker that lets deliveries out is %s in the middle, another goes on, in order",
  async (_, signal) => {
    const path = `/slow/5`;
    receiver.calls.length = 0;
    const first = await start();
    const before = await eventually(holder);
    const limited = await aSignedEndpoint(workspaceId, { url: `${receiver.url}/ok`, maxInFlight: 5 });
    const strict = await aSignedEndpoint(workspaceId, { url: `${receiver.url}${path}`, ordering: "strict" });
    await queueDeliveries(workspaceId, limited, 300);
    await queueDeliveries(workspaceId, strict, 100);
    await start();
    await eventually(
      async () => (await countOf(limited, "delivered")) >= 20 && (await countOf(strict, "delivered")) >= 5,
    );
    first.child.kill(signal);
    await eventually(async () => (await holder()) !== before, { withinMs: 10_000 });
    // What the worker had on its way comes back with its heartbeat.
    const all = async () =>
      (await countOf(limited, "delivered")) === 300 && (await countOf(strict, "delivered")) === 100;
    await eventually(all, { withinMs: 90_000 });
    const numbers = receiver.calls
      .filter((call) => call.path === path)
      .map(({ body }) => JSON.parse(body.toString()).data.n);
    // The one that was cut off may arrive twice, never after a later one.
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(new Set(numbers).size).toBe(100);
  },
);
