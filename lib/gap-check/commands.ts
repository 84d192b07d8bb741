import { and, eq, isNull } from "drizzle-orm";
import { gapCheck, missingRequest, source } from "../../drizzle/schema/inbound.ts";
import { type Author, recordAudit } from "../audit/record.ts";
import { db, type Transaction } from "../db.ts";
import { formatId } from "../ids.ts";
import type { ProviderName } from "../providers/names.ts";
import { encryptSecret } from "../secrets/cipher.ts";
import { type GapCheckInput, subjectOf } from "./input.ts";
import { tokenPlace } from "./open-check.ts";
import { apiOf, type Subject } from "./provider-api.ts";

export type SaveResult =
  | { result: "saved" }
  | { result: "refused"; field: string; message: string }
  /** Its provider has no API to ask. */
  | { result: "unsupported" }
  | { result: "not_found" };

type Locked = { id: string; name: string; provider: ProviderName };

/** Sets a source's check up, or changes it. The first run, and the first after a change, begins at once. */
export async function saveGapCheck(workspaceId: string, input: GapCheckInput, author: Author): Promise<SaveResult> {
  return db().transaction(async (tx): Promise<SaveResult> => {
    const found = await lockSource(tx, workspaceId, input.source);
    if (!found) return { result: "not_found" };
    if (!apiOf(found.provider)) return { result: "unsupported" };
    const read = subjectOf(found.provider, input);
    if ("field" in read) return { result: "refused", ...read };
    const { subject } = read;
    const [before] = await tx.select().from(gapCheck).where(eq(gapCheck.sourceId, found.id));
    const needed = tokenNeeded(before?.subject ?? null, subject, input.token);
    if (needed) return { result: "refused", field: "token", message: needed };
    const token = input.token ? encryptSecret(input.token, tokenPlace(found.id)) : before?.token;
    if (!token) throw new Error("A check without a token got past its check");
    const isSame = JSON.stringify(before?.subject) === JSON.stringify(subject);
    const values = {
      token,
      subject,
      everyMinutes: input.everyMinutes,
      nextRunAt: new Date(),
      lastError: null,
      lookedUntil: isSame ? (before?.lookedUntil ?? null) : null,
    };
    await tx
      .insert(gapCheck)
      .values({ sourceId: found.id, ...values })
      .onConflictDoUpdate({ target: gapCheck.sourceId, set: values });
    // What another webhook was missing says nothing of this one.
    if (!isSame) await tx.delete(missingRequest).where(eq(missingRequest.sourceId, found.id));
    await audit(tx, workspaceId, author, before ? "gap_check_changed" : "gap_check_set_up", found, {
      ...subject,
      everyMinutes: input.everyMinutes,
      ...(input.token && { token: "entered" }),
    });
    return { result: "saved" };
  });
}

/** A stored token is never sent to another place than the one it was entered for. */
function tokenNeeded(before: Subject | null, after: Subject, given: string): string | null {
  if (given) return null;
  if (!before) return "Give the token that the API is asked with";
  return before.base === after.base ? null : "Enter the token again: it is for another address now";
}

/** The token is gone with it, and so is the list of what was missing. */
export async function removeGapCheck(workspaceId: string, sourceId: string, author: Author): Promise<boolean> {
  return db().transaction(async (tx) => {
    const found = await lockSource(tx, workspaceId, sourceId);
    if (!found) return false;
    const removed = await tx
      .delete(gapCheck)
      .where(eq(gapCheck.sourceId, sourceId))
      .returning({ id: gapCheck.sourceId });
    if (removed.length === 0) return false;
    await tx.delete(missingRequest).where(eq(missingRequest.sourceId, sourceId));
    await audit(tx, workspaceId, author, "gap_check_removed", found);
    return true;
  });
}

/** The worker takes it within seconds. False: there is none. */
export async function runGapCheckNow(workspaceId: string, sourceId: string, author: Author): Promise<boolean> {
  return db().transaction(async (tx) => {
    const found = await lockSource(tx, workspaceId, sourceId);
    if (!found) return false;
    const due = await tx
      .update(gapCheck)
      .set({ nextRunAt: new Date() })
      .where(eq(gapCheck.sourceId, sourceId))
      .returning({ id: gapCheck.sourceId });
    if (due.length === 0) return false;
    await audit(tx, workspaceId, author, "gap_check_run", found);
    return true;
  });
}

async function lockSource(tx: Transaction, workspaceId: string, id: string): Promise<Locked | null> {
  const [found] = await tx
    .select({ id: source.id, name: source.name, provider: source.provider })
    .from(source)
    .where(and(eq(source.id, id), eq(source.workspaceId, workspaceId), isNull(source.deletedAt)))
    .for("share");
  return found ?? null;
}

function audit(
  tx: Transaction,
  workspaceId: string,
  author: Author,
  action: string,
  { id, name }: Locked,
  detail?: Record<string, unknown>,
): Promise<void> {
  return recordAudit(tx, workspaceId, author, {
    action: `source.${action}`,
    target: formatId("src", id),
    targetName: name,
    ...(detail && { detail }),
  });
}
