import os from "node:os";
import type { Bench } from "./harness.ts";
import { busyShare } from "./machine.ts";

/** What one side did in one round, by figure. */
export type Figures = Record<string, number>;
export type Round = { sides: Record<string, Figures>; load: number; busy: number };
/** One of those that are compared. */
export type Contender = { name: string; run: () => Promise<Figures> };

const ROUNDS = 5;
const QUICK_ROUNDS = 2;

/** Runs all of them in turn, round by round: whatever warms up or wears down over time meets each alike. */
export async function interleaved(bench: Bench, contenders: Contender[]): Promise<Round[]> {
  const rounds = bench.asked.rounds ?? (bench.asked.quick ? QUICK_ROUNDS : ROUNDS);
  const done: Round[] = [];
  for (let number = 1; number <= rounds; number++) {
    const round: Round = { sides: {}, load: os.loadavg()[0] ?? 0, busy: await busyShare() };
    for (const { name, run } of number % 2 ? contenders : contenders.toReversed()) {
      const startedAt = Date.now();
      round.sides[name] = await run();
      const seconds = Math.round((Date.now() - startedAt) / 1_000);
      bench.note(`round ${number} of ${rounds}, ${name}, ${seconds} s: ${JSON.stringify(round.sides[name])}`);
    }
    done.push(round);
  }
  return done;
}
