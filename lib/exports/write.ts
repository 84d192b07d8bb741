import { stringify } from "csv-stringify/sync";
import { type ExportFormat, MOST_EXPORTED } from "./formats.ts";

type Cell = string | number | boolean | null;

/** A row as both formats have it: flat cells for CSV, all of it for NDJSON. */
export type ExportRow = { cells: Record<string, Cell>; whole: object };

/** An export as bytes. It reads on only when what it gave was taken, and ends when nobody takes any more. */
export function exportStream(
  format: ExportFormat,
  columns: readonly string[],
  batches: AsyncGenerator<ExportRow[]>,
  most = MOST_EXPORTED,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const taking = new AbortController();
  const lines = textOf(format, columns, untilAborted(batches, taking.signal), most);
  return new ReadableStream(
    {
      async pull(controller) {
        const { value, done } = await lines.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        taking.abort();
        await lines.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** A search that finds nothing gives nothing that could be left untaken. */
async function* untilAborted<Batch>(batches: AsyncGenerator<Batch>, signal: AbortSignal): AsyncGenerator<Batch> {
  for await (const batch of batches) {
    if (signal.aborted) return;
    yield batch;
  }
}

async function* textOf(
  format: ExportFormat,
  columns: readonly string[],
  batches: AsyncGenerator<ExportRow[]>,
  most: number,
): AsyncGenerator<string, void, undefined> {
  let left = most;
  if (format === "csv") yield csv([columns]);
  for await (const batch of batches) {
    const rows = batch.slice(0, left);
    left -= rows.length;
    if (rows.length > 0) yield format === "csv" ? csv(rows.map(({ cells }) => valuesOf(cells, columns))) : ndjson(rows);
    if (left === 0) return;
  }
}

function valuesOf(cells: Record<string, Cell>, columns: readonly string[]): Cell[] {
  return columns.map((name) => cells[name] ?? null);
}

/** What a spreadsheet would take for a formula gets an apostrophe before it. */
function csv(rows: readonly (readonly Cell[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    {
      escape_formulas: true,
      record_delimiter: "windows",
      cast: { boolean: String },
      // A single line feed would end the row for most readers.
      quoted_match: /[\r\n]/,
    },
  );
}

function ndjson(rows: ExportRow[]): string {
  return rows.map(({ whole }) => `${JSON.stringify(whole)}\n`).join("");
}
