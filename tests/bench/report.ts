import type { Figures } from "./round.ts";

/** Each figure's unit, and the bare pipeline's part in it: nothing to compare where it has none. */
const FIGURES = {
  end_to_end: { unit: "events/s", compared: true },
  batch_ingest: { unit: "events/s", compared: true },
  drain: { unit: "deliveries/s", compared: true },
  latency_p50: { unit: "ms", compared: true },
  latency_p99: { unit: "ms", compared: true },
  web_memory: { unit: "MB", compared: false },
  worker_memory: { unit: "MB", compared: false },
} as const;

export type Round = { bare: Figures; product: Figures; load: number; busy: number };

/** One line a figure: medians over the rounds, smallest and largest beside them, and how busy the machine was. */
export function lines(rounds: Round[], sizes: object): string[] {
  return Object.entries(FIGURES).map(([figure, { unit, compared }]) => {
    const values = rounds.map((round) => round.product[figure] ?? 0);
    const bares = rounds.map((round) => round.bare[figure] ?? 0);
    const ratios = rounds.map((_, index) => rounded((values[index] ?? 0) / (bares[index] || 1)));
    return JSON.stringify({
      figure,
      value: median(values),
      unit,
      ...(compared && { bare: median(bares), ratio: median(ratios) }),
      spread: { value: ends(values), ...(compared && { bare: ends(bares), ratio: ends(ratios) }) },
      rounds: rounds.length,
      load: ends(rounds.map((round) => round.load)),
      busy: ends(rounds.map((round) => round.busy)),
      ...sizes,
    });
  });
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : rounded(((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2);
}

function ends(values: number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
