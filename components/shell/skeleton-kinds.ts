export type SkeletonKind = "deliveries" | "list" | "object" | "figures" | "form";

const LISTS = new Set(["events", "endpoints", "event-types", "jobs"]);
const FORMS = new Set(["new", "edit", "verify"]);

/** What kind of page a link leads to, when that is another page of a workspace than `path`; else null. */
export function placeOf(href: string | undefined, path: string): SkeletonKind | null {
  if (!href || !URL.canParse(href)) return null;
  const { pathname } = new URL(href);
  if (pathname === path) return null;
  const [, root, , section = "", object, page] = pathname.split("/");
  if (root !== "w") return null;
  if (section === "overview") return "figures";
  if (section === "settings" || section === "get-started" || section === "playground") return "form";
  if (FORMS.has(object ?? "") || FORMS.has(page ?? "")) return "form";
  if (object && object !== "refused") return "object";
  if (section === "deliveries") return "deliveries";
  return LISTS.has(section) ? "list" : null;
}
