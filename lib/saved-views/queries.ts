import { and, asc, eq } from "drizzle-orm";
import { savedView } from "../../drizzle/schema/console.ts";
import { user } from "../../drizzle/schema/people.ts";
import { db } from "../db.ts";
import type { ViewList } from "./input.ts";

const COLUMNS = {
  id: savedView.id,
  name: savedView.name,
  query: savedView.query,
  createdBy: savedView.createdBy,
  author: user.name,
};

/** The views of a list, by name. */
export function listViews(workspaceId: string, list: ViewList) {
  return db()
    .select(COLUMNS)
    .from(savedView)
    .leftJoin(user, eq(user.id, savedView.createdBy))
    .where(and(eq(savedView.workspaceId, workspaceId), eq(savedView.list, list)))
    .orderBy(asc(savedView.name), asc(savedView.id));
}
export type SavedView = Awaited<ReturnType<typeof listViews>>[number];
