import type { AttemptSearch } from "./search";

/** The page's address with some of it changed; the rest stays, but for what belongs to one payload. */
export function addressOf(here: string, search: AttemptSearch, change: Partial<AttemptSearch>): string {
  const { raw: _raw, dialog: _dialog, ...kept } = search;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...kept, ...change })) if (value) query.set(name, String(value));
  const text = query.toString();
  return text ? `${here}?${text}` : here;
}
