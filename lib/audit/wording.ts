/** `api_key.created` → `API key created`. */
export function actionWords(action: string): string {
  const words = action.replaceAll(/[._]/g, " ").replace(/^api\b/, "API");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export type DetailLine = { name: string; from: string | null; to: string };

/** What an entry tells beyond its action, line by line; a `{from, to}` is a change. */
export function detailLines(detail: unknown): DetailLine[] {
  if (typeof detail !== "object" || detail === null) return [];
  return Object.entries(detail).flatMap(([name, value]) => (value === null ? [] : [detailLine(name, value)]));
}

function detailLine(name: string, value: unknown): DetailLine {
  const words = name.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  if (isChange(value)) return { name: words, from: show(value.from), to: show(value.to) };
  return { name: words, from: null, to: show(value) };
}

function isChange(value: unknown): value is { from: unknown; to: unknown } {
  return typeof value === "object" && value !== null && "from" in value && "to" in value;
}

function show(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (Array.isArray(value)) return value.length > 0 ? value.map(show).join(", ") : "nothing";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
