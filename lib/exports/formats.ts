/** What a list can be exported as. */
export const EXPORT_FORMATS = {
  csv: { label: "CSV", contentType: "text/csv; charset=utf-8", hint: "One line each, for spreadsheets" },
  ndjson: { label: "NDJSON", contentType: "application/x-ndjson", hint: "One JSON object a line" },
} as const;
export type ExportFormat = keyof typeof EXPORT_FORMATS;

/** An export has at most so many rows, the newest first. */
export const MOST_EXPORTED = 100_000;
