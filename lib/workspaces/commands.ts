import { eq } from "drizzle-orm";
import { member, workspace } from "../../drizzle/schema/people.ts";
import { type Author, recordAudit } from "../audit/record.ts";
import { db, type Transaction } from "../db.ts";
import { formatId, newId } from "../ids.ts";
import type { WorkspaceInput } from "./input.ts";
import { raiseRoutingVersion } from "./routing-version.ts";

type Owner = { id: string; name: string };

/** A workspace with its first owner. Returns its slug, which is made from the one asked for. */
export async function createWorkspace(
  tx: Transaction,
  owner: Owner,
  wanted: { name: string; slug: string },
): Promise<string> {
  const id = newId();
  const slug = await insertWorkspace(tx, id, wanted.name, slugOf(wanted.slug));
  await tx.insert(member).values({ workspaceId: id, userId: owner.id, role: "owner" });
  const author = { id: formatId("usr", owner.id), name: owner.name };
  const target = { target: formatId("ws", id), targetName: wanted.name };
  await recordAudit(tx, id, author, { action: "workspace.created", ...target });
  return slug;
}

/** Taken slugs get a number; the unique key decides, so two at once cannot get the same. */
async function insertWorkspace(tx: Transaction, id: string, name: string, base: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? base : `${base}-${number}`;
    const inserted = await tx
      .insert(workspace)
      .values({ id, name, slug })
      .onConflictDoNothing({ target: workspace.slug })
      .returning({ id: workspace.id });
    if (inserted.length > 0) return slug;
  }
}

/** `Mara Łuczak` → `mara-uczak`: what stands in the address bar. */
export function slugOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return slug.slice(0, 40).replace(/-+$/, "") || "workspace";
}

/** The slug stays: it stands in links that people keep. */
export async function updateWorkspace(workspaceId: string, input: WorkspaceInput, author: Author): Promise<void> {
  await db().transaction(async (tx) => {
    const [before] = await tx.select().from(workspace).where(eq(workspace.id, workspaceId)).for("update");
    if (!before) return;
    await tx.update(workspace).set(input).where(eq(workspace.id, workspaceId));
    if (before.createsEventTypes !== input.createsEventTypes) await raiseRoutingVersion(tx, workspaceId);
    await recordAudit(tx, workspaceId, author, {
      action: "workspace.changed",
      target: formatId("ws", workspaceId),
      targetName: input.name,
      detail: changes(before, input),
    });
  });
}

/** What is different, as `{field: {from, to}}`. */
function changes(before: WorkspaceInput, after: WorkspaceInput): Record<string, unknown> {
  const fields = ["name", "environment", "createsEventTypes"] as const;
  const changed = fields.filter((field) => before[field] !== after[field]);
  return Object.fromEntries(changed.map((field) => [field, { from: before[field], to: after[field] }]));
}
