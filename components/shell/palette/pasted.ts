/** An id of ours, wherever it stands in what was pasted: a log line, a URL, a sentence. */
const ID = /\b[a-z]{2,3}_[0-7][0-9a-hjkmnp-tv-z]{25}\b/g;
/** More ids than these in one paste are a log, not something to open. */
const MOST_IDS = 5;

export type Pasted = { label: string; href: string };

/** What a pasted text can open: a page of this console by its address, or things by the ids in it. */
export function pastedTargets(text: string, slug: string, origin: string): Pasted[] {
  const pasted = text.trim();
  const page = ownPage(pasted, origin);
  if (page) return [{ label: `Open ${page}`, href: page }];
  const ids = [...new Set(pasted.match(ID) ?? [])].slice(0, MOST_IDS);
  return ids.map((id) => ({ label: `Open ${id}`, href: searchPath(slug, id) }));
}

/** Where the server says what a text names. */
export function searchPath(slug: string, text: string): string {
  return `/w/${slug}/search?q=${encodeURIComponent(text)}`;
}

/** The path behind an address of this console. Another site's address never is one, however it is spelt. */
function ownPage(text: string, origin: string): string | null {
  if (!/^(https?:\/\/|\/w\/)/i.test(text) || !URL.canParse(text, origin)) return null;
  const url = new URL(text, origin);
  if (url.origin !== origin || !url.pathname.startsWith("/w/")) return null;
  return url.pathname + url.search + url.hash;
}
