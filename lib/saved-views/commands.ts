import { and, count, eq } from "drizzle-orm";
import { savedView } from "../../drizzle/schema/console.ts";
import { type Author, recordAudit } from "../audit/record.ts";
import { db, type Transaction } from "../db.ts";
import { formatId, newId } from "../ids.ts";
import { can, type Role } from "../workspaces/roles.ts";
import type { ViewInput, ViewList } from "./input.ts";

/** What a menu can hold and people can tell apart. */
export const MOST_VIEWS = 50;

/** Who keeps views: everybody their own, those who configure also those of others. */
export type Keeper = { userId: string; role: Role; author: Author };

type Saved = { result: "saved"; id: string } | { result: "taken" | "too_many" };

export async function saveView(workspaceId: string, list: ViewList, input: ViewInput, keeper: Keeper): Promise<Saved> {
  return db().transaction(async (tx) => {
    const ofList = and(eq(savedView.workspaceId, workspaceId), eq(savedView.list, list));
    const [stored] = await tx.select({ count: count() }).from(savedView).where(ofList);
    if ((stored?.count ?? 0) >= MOST_VIEWS) return { result: "too_many" };
    const [same] = await tx
      .select({ id: savedView.id })
      .from(savedView)
      .where(and(ofList, eq(savedView.name, input.name)));
    if (same) return { result: "taken" };
    const id = newId();
    await tx.insert(savedView).values({ id, workspaceId, list, createdBy: keeper.userId, ...input });
    await record(tx, workspaceId, keeper, "saved", { id, ...input });
    return { result: "saved", id };
  });
}

export type Changed = "changed" | "not_found" | "not_yours";

/** Lets a view show something else under its name. */
export function changeView(workspaceId: string, id: string, query: string, keeper: Keeper): Promise<Changed> {
  return withView(workspaceId, id, keeper, async (tx, view) => {
    await tx.update(savedView).set({ query }).where(eq(savedView.id, id));
    await record(tx, workspaceId, keeper, "changed", view, { query: { from: view.query, to: query } });
  });
}

export function deleteView(workspaceId: string, id: string, keeper: Keeper): Promise<Changed> {
  return withView(workspaceId, id, keeper, async (tx, view) => {
    await tx.delete(savedView).where(eq(savedView.id, id));
    await record(tx, workspaceId, keeper, "deleted", view);
  });
}

type View = typeof savedView.$inferSelect;

function withView(
  workspaceId: string,
  id: string,
  keeper: Keeper,
  change: (tx: Transaction, view: View) => Promise<void>,
): Promise<Changed> {
  return db().transaction(async (tx) => {
    const [view] = await tx
      .select()
      .from(savedView)
      .where(and(eq(savedView.workspaceId, workspaceId), eq(savedView.id, id)))
      .for("update");
    if (!view) return "not_found";
    if (!mayChange(view, keeper)) return "not_yours";
    await change(tx, view);
    return "changed";
  });
}

export function mayChange({ createdBy }: Pick<View, "createdBy">, { userId, role }: Omit<Keeper, "author">): boolean {
  return createdBy === userId || can(role, "configure");
}

function record(
  tx: Transaction,
  workspaceId: string,
  { author }: Keeper,
  verb: string,
  { id, name, query }: Pick<View, "id" | "name" | "query">,
  detail: Record<string, unknown> = { query },
): Promise<void> {
  const entry = { action: `saved_view.${verb}`, target: formatId("vw", id), targetName: name, detail };
  return recordAudit(tx, workspaceId, author, entry);
}
