import { BULK_JOBS_CHANNEL } from "../bulk-jobs/channel.ts";
import { BulkJobRunner } from "../bulk-jobs/runner.ts";
import { choreSql, connectDirect, hotSql } from "../db.ts";
import { currentAddressPolicy } from "../delivery/address-policy.ts";
import { sharedLookup } from "../delivery/connect.ts";
import { Releaser } from "../delivery/gate/releaser.ts";
import { Lines } from "../delivery/lines.ts";
import { Pump } from "../delivery/pump.ts";
import { Recorder } from "../delivery/recorder.ts";
import { sendOver } from "../delivery/send.ts";
import { env } from "../env.ts";
import { announceNow } from "../live/announce.ts";
import { NOTIFY_CHANNEL } from "../queue/boss.ts";
import { GATE_CHANNEL, namedEndpoints } from "../queue/gate-channel.ts";
import { superviseQueue } from "../queue/supervision.ts";
import { ReverifyRunner } from "../sources/reverify-runner.ts";
import { runSchedules } from "./schedules.ts";
import { Slot } from "./slot.ts";

/** What is in flight when the worker is told to stop gets this long. */
const GRACE_MS = 10_000;

export type Worker = { slot: number; done: Promise<void> };

/** Starts delivering, and looking after queue and storage. `done` resolves once the signal has come and all is settled. */
export async function startWorker(signal: AbortSignal): Promise<Worker> {
  const { DELIVERY_CONCURRENCY, RECEIVER_PORT } = env();
  const direct = connectDirect();
  const slot = await Slot.take(direct);
  const lines = new Lines({ policy: currentAddressPolicy(), lookup: sharedLookup, receiverPort: RECEIVER_PORT });
  const releaser = new Releaser(hotSql());
  const recorder = new Recorder(hotSql(), slot.number, releaser);
  const pump = new Pump({ sql: hotSql(), send: sendOver(lines), recorder, concurrency: DELIVERY_CONCURRENCY });
  await direct.listen(NOTIFY_CHANNEL, () => pump.wake());
  await direct.listen(GATE_CHANNEL, (message) => releaser.wake(namedEndpoints(message)));
  const bulkJobs = new BulkJobRunner(hotSql());
  await direct.listen(BULK_JOBS_CHANNEL, () => bulkJobs.wake());
  const reverify = new ReverifyRunner(hotSql());
  releaser.start();
  pump.start();
  bulkJobs.start();
  reverify.start();
  const schedules = runSchedules(choreSql(), signal);
  const supervision = superviseQueue(signal);
  const keeping = slot.keep((number) => recorder.moveTo(number), signal);
  return { slot: slot.number, done: untilStopped() };

  async function untilStopped(): Promise<void> {
    await aborted(signal);
    await Promise.all([bulkJobs.stop(), reverify.stop()]);
    await releaser.stop();
    await pump.stop(GRACE_MS);
    lines.close();
    await announceNow();
    await Promise.all([schedules, keeping, supervision]);
    await direct.end({ timeout: 1 });
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
