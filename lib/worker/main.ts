import { closeDatabase } from "../db.ts";
import { env } from "../env.ts";
import { errorFields, log } from "../log.ts";
import { checkEncryptionKey } from "../secrets/cipher.ts";
import { startWorker } from "./worker.ts";

/** The second process: `node lib/worker/main.ts`. It says `ready`, and stops on a signal or when its parent is gone. */
const stop = new AbortController();
process.on("SIGTERM", () => stop.abort());
process.on("SIGINT", () => stop.abort());
process.on("disconnect", () => stop.abort());

try {
  env();
  await checkEncryptionKey();
  const worker = await startWorker(stop.signal);
  process.send?.({ type: "ready" });
  log("info", "worker ready", { concurrency: env().DELIVERY_CONCURRENCY, slot: worker.slot });
  await worker.done;
  await closeDatabase();
} catch (error) {
  log("error", "worker", errorFields(error));
  process.exitCode = 1;
}
if (process.connected) process.disconnect();
// What may still be open, such as idle connections to receivers, is nothing to wait for.
process.exit();
