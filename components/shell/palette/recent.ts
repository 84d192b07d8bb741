/** An object somebody looked at: where, what its heading said, what kind of thing it is. */
export type Visit = { path: string; title: string; noun: string };

const KEY = "posthorn-recent";
const MOST = 8;
const MAX_TITLE = 120;

const NOUNS: Record<string, string> = {
  deliveries: "delivery",
  events: "event",
  endpoints: "endpoint",
  "event-types": "event type",
  jobs: "bulk job",
};
/** Pages at the place of an object. */
const NOT_OBJECTS = new Set(["new", "refused"]);

type Kept = { user: string; visits: Visit[] };

/** Which object a path shows, or null for lists, forms and settings. */
export function objectAt(path: string): { noun: string } | null {
  const [, , , section = "", object, ...rest] = path.split("/");
  const noun = NOUNS[section];
  return noun && object && rest.length === 0 && !NOT_OBJECTS.has(object) ? { noun } : null;
}

/** The latest first, each once. */
export function withVisit(visits: Visit[], visit: Visit): Visit[] {
  return [
    { ...visit, title: visit.title.slice(0, MAX_TITLE) },
    ...visits.filter(({ path }) => path !== visit.path),
  ].slice(0, MOST);
}

/** What this person looked at in this browser; nobody sees what somebody else did. */
export function readVisits(user: string, slug: string): Visit[] {
  return kept(user).filter(({ path }) => path.startsWith(`/w/${slug}/`));
}

export function rememberVisit(user: string, visit: Visit): void {
  const value: Kept = { user, visits: withVisit(kept(user), visit) };
  try {
    localStorage.setItem(KEY, JSON.stringify(value));
  } catch {
    // Storage may be full or forbidden: then nothing is remembered, and nothing else is missing.
  }
}

function kept(user: string): Visit[] {
  try {
    const value: Kept | null = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return value?.user === user ? value.visits : [];
  } catch {
    // Forbidden storage, or somebody else's text in it.
    return [];
  }
}
