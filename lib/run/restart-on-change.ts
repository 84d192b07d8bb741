import fs from "node:fs";
import type { Running } from "./keep-running.ts";

/** An editor writes a file in several steps, a checkout many files. */
const SETTLED_AFTER_MS = 200;

/** For development: a process that is stopped and started anew when a source below the folder changes. */
export function restartOnChange(folder: string, start: () => Running): Running {
  const { promise: ended, resolve: end } = Promise.withResolvers<string>();
  let current: Running | null = null;
  let settled: NodeJS.Timeout | undefined;

  function startAnew(): void {
    const mine = start();
    current = mine;
    void mine.ended.then((reason) => current === mine && end(reason));
  }
  async function replace(): Promise<void> {
    const old = current;
    if (!old) return;
    current = null;
    await old.stop();
    startAnew();
  }
  const watcher = fs.watch(folder, { recursive: true }, () => {
    clearTimeout(settled);
    settled = setTimeout(replace, SETTLED_AFTER_MS);
  });
  void ended.then(() => watcher.close());
  startAnew();

  return {
    ended,
    async stop() {
      watcher.close();
      clearTimeout(settled);
      await current?.stop();
    },
  };
}
