import { and, eq } from "drizzle-orm";
import { member, user, workspace } from "../../drizzle/schema/people.ts";
import { type Author, recordAudit } from "../audit/record.ts";
import { db, type Transaction } from "../db.ts";
import { formatId } from "../ids.ts";
import { can, type Role } from "./roles.ts";

/** Who changes the team, with their own role: only owners make, change and remove owners. */
export type TeamActor = { role: Role; author: Author };
export type TeamChange = "changed" | "not_found" | "last_owner" | "owners_only";

export async function changeRole(
  workspaceId: string,
  userId: string,
  role: Role,
  actor: TeamActor,
): Promise<TeamChange> {
  return db().transaction(async (tx) => {
    const target = await lockMember(tx, workspaceId, userId);
    if (!target) return "not_found";
    if (target.role === role) return "changed";
    if ((target.role === "owner" || role === "owner") && !can(actor.role, "owners")) return "owners_only";
    if (target.role === "owner" && target.owners === 1) return "last_owner";
    await tx.update(member).set({ role }).where(isMember(workspaceId, userId));
    await recordAudit(tx, workspaceId, actor.author, {
      action: "member.role_changed",
      target: formatId("usr", userId),
      targetName: target.name,
      detail: { role: { from: target.role, to: role } },
    });
    return "changed";
  });
}

/** Takes a person out of the workspace, or lets them leave it. */
export async function removeMember(workspaceId: string, userId: string, actor: TeamActor): Promise<TeamChange> {
  return db().transaction(async (tx) => {
    const target = await lockMember(tx, workspaceId, userId);
    if (!target) return "not_found";
    const leaves = actor.author.id === formatId("usr", userId);
    if (target.role === "owner" && target.owners === 1) return "last_owner";
    if (target.role === "owner" && !leaves && !can(actor.role, "owners")) return "owners_only";
    await tx.delete(member).where(isMember(workspaceId, userId));
    await recordAudit(tx, workspaceId, actor.author, {
      action: leaves ? "member.left" : "member.removed",
      target: formatId("usr", userId),
      targetName: target.name,
    });
    return "changed";
  });
}

function isMember(workspaceId: string, userId: string) {
  return and(eq(member.workspaceId, workspaceId), eq(member.userId, userId));
}

/** The workspace's row is the lock on its team: two owners leaving at once must not both be told that the other stays. */
async function lockMember(tx: Transaction, workspaceId: string, userId: string) {
  await tx.select({ id: workspace.id }).from(workspace).where(eq(workspace.id, workspaceId)).for("update");
  const team = await tx
    .select({ userId: member.userId, role: member.role, name: user.name })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.workspaceId, workspaceId));
  const target = team.find((row) => row.userId === userId);
  return target && { ...target, owners: team.filter((row) => row.role === "owner").length };
}
