import { brokenPromises, type Findings } from "./verdict.ts";

export type Row = { name: string; done: string } & ({ findings: Findings } | { leftOut: string });

const HEAD = [
  "Scenario",
  "What was done",
  "Events",
  "Lost",
  "Accepted twice",
  "Delivered twice (at most)",
  "Slowest recovery",
];

/** The table of a run, as Markdown, for people who decide whether to trust this with their webhooks. */
export function table(rows: Row[]): string[] {
  return [line(HEAD), line(HEAD.map(() => "---")), ...rows.map((row) => line(cells(row)))];
}

function line(cells: string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function cells(row: Row): string[] {
  if ("leftOut" in row) return [row.name, `not run: ${row.leftOut}`, "", "", "", "", ""];
  const { findings } = row;
  const { events, lost, acceptedTwice, deliveredTwice, bound, recoveries } = findings;
  const failed = brokenPromises(findings).length > 0 ? " **(failed)**" : "";
  return [
    row.name + failed,
    row.done,
    events.toLocaleString("en-US"),
    String(lost),
    String(acceptedTwice),
    `${deliveredTwice} (${bound ?? "–"})`,
    Object.entries(recoveries)
      .map(([what, ms]) => `${what} ${(ms / 1_000).toFixed(1)} s`)
      .join(", ") || "–",
  ];
}
