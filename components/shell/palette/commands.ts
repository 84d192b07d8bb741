import type { Permission } from "@/lib/workspaces/roles.ts";
import { PAGES, SECTIONS, sameSectionIn } from "../sections";
import { pastedTargets, searchPath } from "./pasted";
import type { Visit } from "./recent";

/** Someone's line in the palette: a page to open, or a choice to make. */
export type Command = {
  id: string;
  label: string;
  /** Small, beside it. */
  detail?: string;
  /** What it is found by: its label and what else it is called. */
  match: string;
  keys?: string;
} & ({ href: string } | { choice: Record<string, string> });

export type CommandGroup = { value: string; items: Command[] };

export type PaletteContext = {
  slug: string;
  /** The page it is opened on. */
  path: string;
  origin: string;
  may: readonly Permission[];
  workspaces: readonly { slug: string; name: string; environment: "test" | "live" }[];
};

/** A thing of the workspace whose name has the text, as the server found it. */
export type Found = { label: string; detail: string; href: string };

const CREATE = [
  { path: "endpoints/new", label: "Create endpoint", may: "configure", also: "add webhook url" },
  { path: "event-types/new", label: "Create event type", may: "configure", also: "add schema" },
  { path: "sources/new", label: "Create source", may: "configure", also: "add inbound receive stripe github" },
  { path: "settings/api-keys", label: "Create API key", may: "keys", also: "add token secret" },
  { path: "settings/team", label: "Invite somebody", may: "team", also: "add member user" },
] as const;

const CHOICES: { label: string; choice: Record<string, string>; also: string }[] = [
  { label: "Theme: light", choice: { theme: "light" }, also: "appearance bright" },
  { label: "Theme: dark", choice: { theme: "dark" }, also: "appearance night" },
  { label: "Theme: as the system", choice: { theme: "system" }, also: "appearance auto" },
  { label: "Rows: comfortable", choice: { density: "comfortable" }, also: "density height" },
  { label: "Rows: compact", choice: { density: "compact" }, also: "density height" },
  { label: "Times: time of day", choice: { times: "clock" }, also: "clock absolute" },
  { label: "Times: how long ago", choice: { times: "relative" }, also: "relative" },
];

/** Everything the palette offers for a text; its own filter then leaves out what does not match. */
export function paletteGroups(text: string, context: PaletteContext, found: Found[], recent: Visit[]): CommandGroup[] {
  const typed = text.trim();
  return [
    { value: "Open", items: pasted(typed, context) },
    { value: "Found", items: typed ? found.map((one) => ({ ...one, id: `found ${one.href}`, match: typed })) : [] },
    { value: "Recent", items: recentlySeen(context, recent) },
    { value: "Go to", items: sections(context) },
    { value: "Create", items: creations(context) },
    { value: "Workspace", items: otherWorkspaces(context) },
    { value: "More pages", items: PAGES.map(({ path, label }) => toPage(context.slug, path, label)) },
    {
      value: "Preferences",
      items: CHOICES.map(({ also, ...one }) => ({ ...one, id: one.label, match: `${one.label} ${also}` })),
    },
    { value: "Search", items: searches(typed, context) },
  ].filter(({ items }) => items.length > 0);
}

function pasted(typed: string, { slug, origin }: PaletteContext): Command[] {
  return pastedTargets(typed, slug, origin).map((target) => ({ ...target, id: `open ${target.href}`, match: typed }));
}

function recentlySeen({ path }: PaletteContext, recent: Visit[]): Command[] {
  return recent
    .filter((visit) => visit.path !== path)
    .map(({ path: href, title, noun }) => ({
      id: `recent ${href}`,
      label: title,
      detail: noun,
      href,
      match: `${title} ${noun} ${href}`,
    }));
}

function sections({ slug }: PaletteContext): Command[] {
  return SECTIONS.map(({ path, label, letter }) => ({ ...toPage(slug, path, label), keys: `g ${letter}` }));
}

function toPage(slug: string, path: string, label: string) {
  return { id: `go ${path}`, label, href: `/w/${slug}/${path}`, match: `go to ${label} ${path}` };
}

function creations({ slug, may }: PaletteContext): Command[] {
  return CREATE.filter((one) => may.includes(one.may)).map(({ path, label, also }) => ({
    id: label,
    label,
    href: `/w/${slug}/${path}`,
    match: `${label} new ${also}`,
  }));
}

function otherWorkspaces({ slug, path, workspaces }: PaletteContext): Command[] {
  return workspaces
    .filter((workspace) => workspace.slug !== slug)
    .map((workspace) => ({
      id: `workspace ${workspace.slug}`,
      label: `Switch to ${workspace.name}`,
      detail: workspace.environment === "live" ? "live data" : "test data",
      href: sameSectionIn(workspace.slug, path),
      match: `switch workspace ${workspace.name} ${workspace.slug}`,
    }));
}

function searches(typed: string, { slug }: PaletteContext): Command[] {
  if (!typed) return [];
  const query = encodeURIComponent(typed);
  return [
    {
      id: "search deliveries",
      label: `Search deliveries for “${typed}”`,
      href: `/w/${slug}/deliveries?q=${query}`,
      match: typed,
    },
    { id: "search", label: `Search everything for “${typed}”`, href: searchPath(slug, typed), match: typed },
  ];
}
