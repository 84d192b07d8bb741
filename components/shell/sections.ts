/** The pages that the sidebar, the palette and the `g` keys lead to; `letter` is the second key after `g`. */
export const SECTIONS = [
  { path: "overview", label: "Overview", letter: "o" },
  { path: "deliveries", label: "Deliveries", letter: "d" },
  { path: "events", label: "Events", letter: "e" },
  { path: "endpoints", label: "Endpoints", letter: "n" },
  { path: "event-types", label: "Event types", letter: "t" },
  { path: "sources", label: "Sources", letter: "i" },
  { path: "playground", label: "Playground", letter: "p" },
  { path: "jobs", label: "Bulk jobs", letter: "j" },
  { path: "settings", label: "Settings", letter: "s" },
] as const;

/** The shortcut that leads to a section, if it has one. */
export function keysTo(path: string): string | undefined {
  const section = SECTIONS.find((known) => known.path === path);
  return section && `g ${section.letter}`;
}

/** Pages of their own below a section. */
export const PAGES = [
  { path: "get-started", label: "Get started" },
  { path: "events/refused", label: "Refused calls" },
  { path: "playground/signature", label: "Check a signature" },
  { path: "playground/receiver", label: "Built-in receiver" },
  { path: "settings/api-keys", label: "API keys" },
  { path: "settings/team", label: "Team" },
  { path: "settings/audit-log", label: "Audit log" },
  { path: "settings/security", label: "Security" },
  { path: "settings/preferences", label: "Preferences" },
] as const;

/** The same section in another workspace: an object of this one is not there, but its list is. */
export function sameSectionIn(slug: string, path: string): string {
  const [, , , section = "overview", page] = path.split("/");
  const kept = section === "settings" && page ? `${section}/${page}` : section;
  return `/w/${slug}/${PAGES.some((known) => known.path === kept) ? kept : section}`;
}
