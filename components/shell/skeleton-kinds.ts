/** Lists, whose outlines differ, and other pages, of which an outline of their kind says enough. */
export type SkeletonKind = ListKind | "object" | "figures" | "form";
export type ListKind = (typeof LISTS)[number];

export const LISTS = ["deliveries", "events", "endpoints", "event-types", "sources", "jobs"] as const;
const FORM_SECTIONS = new Set(["settings", "get-started", "playground"]);
const FORM_PAGES = new Set(["new", "edit", "set-up", "verify", "gap-check"]);

/** What kind of page a link leads to, when that is another page of a workspace than `path`; else null. */
export function placeOf(href: string | undefined, path: string): SkeletonKind | null {
  if (!href || !URL.canParse(href)) return null;
  const { pathname } = new URL(href);
  if (pathname === path) return null;
  const [, root, , section = "", object, page] = pathname.split("/");
  if (root !== "w") return null;
  if (section === "overview") return "figures";
  if (FORM_SECTIONS.has(section) || FORM_PAGES.has(object ?? "") || FORM_PAGES.has(page ?? "")) return "form";
  if (object && object !== "refused") return "object";
  return LISTS.find((list) => list === section) ?? null;
}
