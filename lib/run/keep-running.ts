import { setTimeout as delay } from "node:timers/promises";
import { restartDelayMs } from "./restart-policy.ts";

/** Something that runs and can end: a process of ours, or the database server. `ended` says why. */
export type Running = { ended: Promise<string>; stop: () => Promise<void> };
export type Kept = { stop: () => Promise<void> };

type Upkeep = {
  name: string;
  start: () => Promise<Running>;
  say: (line: string) => void;
  /** It ended too often to go on. */
  giveUp: (sentence: string) => void;
};

/** Starts something and starts it again, with back-off, whenever it ends without having been asked to. */
export async function keepRunning({ name, start, say, giveUp }: Upkeep): Promise<Kept> {
  const endedAt: number[] = [];
  const stopping = new AbortController();
  let current = await start();

  async function startAgain(reason: string): Promise<boolean> {
    endedAt.push(Date.now());
    const waitMs = restartDelayMs(endedAt);
    if (waitMs === null) {
      giveUp(`${name} keeps ending (${reason}): giving up.`);
      return false;
    }
    say(`${name} ended (${reason}); starting it again in ${waitMs / 1_000} s.`);
    await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => {});
    if (stopping.signal.aborted) return false;
    try {
      current = await start();
      return true;
    } catch (error) {
      return startAgain(error instanceof Error ? error.message : String(error));
    }
  }

  async function watch(): Promise<void> {
    for (;;) {
      const reason = await current.ended;
      if (stopping.signal.aborted || !(await startAgain(reason))) return;
    }
  }
  const watching = watch();

  return {
    async stop() {
      stopping.abort();
      await current.stop();
      await watching;
      // A start that was under way when the stop came has ended up here.
      await current.stop();
    },
  };
}
