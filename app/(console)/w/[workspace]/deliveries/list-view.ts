import { z } from "zod";
import { type Column, DEFAULT_COLUMNS, readColumns } from "@/components/deliveries/columns";
import { readWidth } from "@/components/deliveries/panel-width";
import { readPreference } from "@/lib/accounts/preferences.ts";
import { parseId } from "@/lib/ids.ts";
import { listViews } from "@/lib/saved-views/queries.ts";
import type { Actor } from "@/lib/web/session.ts";
import { first, outsideId } from "../list-address";

/** Under which names a person's choices are kept. */
export const COLUMNS_PREFERENCE = "deliveries.columns";
export const WIDTH_PREFERENCE = "deliveries.panel";
/** Followed by the workspace's id: each has its own. */
export const VIEW_PREFERENCE = "deliveries.view";

const asIs = z.preprocess(first, z.string().optional().catch(undefined));

/** What the address says beside the filters: which delivery is open, what of it is shown, and which columns. */
export const listView = z.object({
  sel: outsideId("dlv"),
  att: asIs,
  tab: asIs,
  raw: asIs,
  cols: z.preprocess(first, z.string().max(200).optional().catch(undefined)),
});
export type ListView = z.infer<typeof listView>;

/** The address has the first word, so that a link shows everybody the same; then what the person chose. */
export async function columnsFor(userId: string, { cols }: ListView): Promise<readonly Column[]> {
  return readColumns(cols) ?? readColumns(await readPreference(userId, COLUMNS_PREFERENCE)) ?? DEFAULT_COLUMNS;
}

export async function panelWidth(userId: string, { sel }: ListView): Promise<number> {
  return readWidth(sel ? await readPreference(userId, WIDTH_PREFERENCE) : null);
}

/** A list's query with columns in it, when the address named some. */
export function withColumns(query: string, { cols }: Pick<ListView, "cols">): string {
  return cols ? joined(query, new URLSearchParams({ cols })) : query;
}

/** The same with a delivery in the panel. */
export function withPanel(query: string, panel: Pick<ListView, "sel"> & Record<string, string | undefined>): string {
  const told = Object.entries(panel).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return joined(query, new URLSearchParams(told));
}

function joined(query: string, more: URLSearchParams): string {
  return [query, more.toString()].filter(Boolean).join("&");
}

/** The views of the list, and the one with which this person's begins. */
export async function loadViews({ workspace, user }: Actor) {
  const [views, kept] = await Promise.all([
    listViews(workspace.id, "deliveries"),
    readPreference(user.id, `${VIEW_PREFERENCE}.${workspace.id}`),
  ]);
  return { views, first: views.find(({ id }) => id === kept) ?? null };
}

/** The cursor as the filters' query has none. */
export function withCursor(query: string, { before, after }: { before?: string; after?: string }): string {
  return joined(query, new URLSearchParams({ ...(before && { before }), ...(after && { after }) }));
}

export const idOf = (outside: string) => parseId("dlv", outside) ?? "";
