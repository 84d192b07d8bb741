/** The columns of the list of deliveries, in their first order. Rows are marked at the status and opened by the type. */
export const COLUMNS = {
  status: "Status",
  type: "Event type",
  endpoint: "Endpoint",
  customer: "Customer",
  attempts: "Attempts",
  response: "Response",
  next: "Next retry",
  created: "Created",
  id: "ID",
} as const;
export type Column = keyof typeof COLUMNS;

const ALL = Object.keys(COLUMNS) as Column[];
/** Always there, and the status always first. */
const KEPT: readonly Column[] = ["status", "type"];

export const DEFAULT_COLUMNS: readonly Column[] = ALL.filter((column) => column !== "customer");

export const isKept = (column: Column) => KEPT.includes(column);

/** Columns from a list of names: what is not known falls away, what must be there comes back. Null when nothing is left. */
export function readColumns(names: unknown): Column[] | null {
  const asked = typeof names === "string" ? names.split(",") : Array.isArray(names) ? names : [];
  const known = [...new Set(asked)].filter((name): name is Column => ALL.includes(name));
  if (known.length === 0) return null;
  const chosen = known.filter((column) => column !== "status");
  return ["status", ...(chosen.includes("type") ? [] : (["type"] as const)), ...chosen];
}

/** Every column, those shown first and in their order: what a menu of columns lists. */
export function columnChoices(shown: readonly Column[]): { column: Column; shown: boolean }[] {
  const hidden = ALL.filter((column) => !shown.includes(column));
  return [...shown.map((column) => ({ column, shown: true })), ...hidden.map((column) => ({ column, shown: false }))];
}

export type ColumnChange = { column: Column; to: "shown" | "hidden" | "earlier" | "later" };

/** The columns after one of them was shown, hidden or moved by one place. */
export function changeColumns(shown: readonly Column[], { column, to }: ColumnChange): Column[] {
  const at = shown.indexOf(column);
  if (to === "shown") return at < 0 ? [...shown, column] : [...shown];
  if (to === "hidden") return isKept(column) ? [...shown] : shown.filter((one) => one !== column);
  const place = at + (to === "earlier" ? -1 : 1);
  // The first place belongs to the status.
  if (at < 1 || place < 1 || place >= shown.length) return [...shown];
  const rest = shown.filter((one) => one !== column);
  return [...rest.slice(0, place), column, ...rest.slice(place)];
}

/** Whether these are the columns of someone who never changed any. */
export function areDefault(shown: readonly Column[]): boolean {
  return shown.join() === DEFAULT_COLUMNS.join();
}
