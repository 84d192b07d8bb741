import type { Round } from "./interleaved.ts";

/** A line of a scenario's table: a figure of one side, and what it is compared with. */
export type Line = {
  figure: string;
  unit: string;
  /** The side whose figure it is. */
  side: string;
  /** The side it is a ratio to. */
  against?: string;
  /** Where the goal lies, of the ratio when there is one, else of the value. */
  goal?: { least: number } | { most: number };
};

/** One measured figure: median, smallest and largest over its rounds or samples. */
export type Row = {
  figure: string;
  unit: string;
  value: number;
  spread: [number, number];
  against?: number;
  ratio?: number;
  ratioSpread?: [number, number];
  goal?: { least: number } | { most: number };
};

export function rowsOf(rounds: Round[], lines: Line[]): Row[] {
  return lines.map(({ figure, unit, side, against, goal }) => {
    const of = (name: string) => rounds.map((round) => round.sides[name]?.[figure] ?? 0);
    const row: Row = { ...measured(figure, unit, of(side)), ...(goal && { goal }) };
    if (!against) return row;
    const ratios = of(side).map((value, index) => rounded(value / (of(against)[index] || 1), 3));
    return { ...row, against: median(of(against)), ratio: median(ratios), ratioSpread: ends(ratios) };
  });
}

/** A figure from samples of its own. */
export function measured(figure: string, unit: string, values: number[], goal?: Row["goal"]): Row {
  return { figure, unit, value: median(values), spread: ends(values), ...(goal && { goal }) };
}

/** The table as people read it. */
export function table(rows: Row[], headings: { side: string; against?: string }): string[] {
  const { side, against } = headings;
  const compared = rows.some(({ ratio }) => ratio !== undefined);
  const cells = [
    ["", side, "least–most", ...(compared ? [against ?? "", "ratio", "least–most"] : []), "goal", ""],
    ...rows.map((row) => [
      row.figure.replaceAll("_", " "),
      `${number(row.value)} ${row.unit}`,
      range(row.spread),
      ...(compared ? [optional(row.against), optional(row.ratio), row.ratioSpread ? range(row.ratioSpread) : ""] : []),
      row.goal ? ("least" in row.goal ? `≥ ${number(row.goal.least)}` : `≤ ${number(row.goal.most)}`) : "",
      row.goal ? (isMet(row) ? "met" : "MISSED") : "",
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

/** How many rounds, and how busy the machine was while they ran. */
export function circumstances(rounds: Round[]): Record<string, unknown> {
  return {
    rounds: rounds.length,
    load: ends(rounds.map((round) => round.load)),
    busy: ends(rounds.map((round) => round.busy)),
  };
}

function isMet({ value, ratio, goal }: Row): boolean {
  if (!goal) return true;
  const reached = ratio ?? value;
  return "least" in goal ? reached >= goal.least : reached <= goal.most;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? (sorted[middle] ?? 0)
    : rounded(((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2, 3);
}

function ends(values: number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

function rounded(value: number, places: number): number {
  return Math.round(value * 10 ** places) / 10 ** places;
}

function number(value: number): string {
  return rounded(value, Math.abs(value) < 10 ? 2 : Math.abs(value) < 1_000 ? 1 : 0).toLocaleString("en");
}

function optional(value: number | undefined): string {
  return value === undefined ? "" : number(value);
}

function range([least, most]: [number, number]): string {
  return `${number(least)}–${number(most)}`;
}
