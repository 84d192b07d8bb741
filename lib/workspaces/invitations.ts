import { and, asc, eq, gt, lte, sql } from "drizzle-orm";
import { invitation, member, user, workspace } from "../../drizzle/schema/people.ts";
import type { InvitationInput } from "../accounts/input.ts";
import { hashLinkToken, newLinkToken } from "../accounts/link-token.ts";
import { recordAudit } from "../audit/record.ts";
import { db } from "../db.ts";
import { formatId, newId, parseId } from "../ids.ts";
import type { TeamActor } from "./members.ts";
import { can } from "./roles.ts";

const INVITATION_DAYS = 7;

const isOpen = gt(invitation.expiresAt, sql`now()`);

export type Invited = { result: "invited"; token: string } | { result: "member_already" | "owners_only" };

/** Makes a link that lets one person in. A further invitation of the same address replaces the first. */
export async function invite(workspaceId: string, input: InvitationInput, actor: TeamActor): Promise<Invited> {
  if (input.role === "owner" && !can(actor.role, "owners")) return { result: "owners_only" };
  const { token, hash } = newLinkToken();
  return db().transaction(async (tx) => {
    const [already] = await tx
      .select({ id: user.id })
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(and(eq(member.workspaceId, workspaceId), eq(user.email, input.email)));
    if (already) return { result: "member_already" };
    await tx.delete(invitation).where(and(eq(invitation.workspaceId, workspaceId), eq(invitation.email, input.email)));
    const id = newId();
    await tx.insert(invitation).values({
      id,
      workspaceId,
      ...input,
      tokenHash: hash,
      invitedBy: parseId("usr", actor.author.id),
      expiresAt: sql`now() + make_interval(days => ${INVITATION_DAYS})`,
    });
    const target = { target: formatId("inv", id), targetName: input.email };
    await recordAudit(tx, workspaceId, actor.author, {
      action: "invitation.made",
      ...target,
      detail: { role: input.role },
    });
    return { result: "invited", token };
  });
}

/** What is still open, the oldest first. Lapsed ones are cleared away on the way. */
export async function listInvitations(workspaceId: string) {
  await db()
    .delete(invitation)
    .where(and(eq(invitation.workspaceId, workspaceId), lte(invitation.expiresAt, sql`now()`)));
  return db()
    .select({
      id: invitation.id,
      email: invitation.email,
      role: invitation.role,
      expiresAt: invitation.expiresAt,
      invitedBy: user.name,
    })
    .from(invitation)
    .leftJoin(user, eq(user.id, invitation.invitedBy))
    .where(eq(invitation.workspaceId, workspaceId))
    .orderBy(asc(invitation.id));
}
export type InvitationRow = Awaited<ReturnType<typeof listInvitations>>[number];

export async function withdrawInvitation(workspaceId: string, id: string, actor: TeamActor): Promise<boolean> {
  return db().transaction(async (tx) => {
    const [gone] = await tx
      .delete(invitation)
      .where(and(eq(invitation.workspaceId, workspaceId), eq(invitation.id, id)))
      .returning({ email: invitation.email });
    if (!gone) return false;
    const target = { target: formatId("inv", id), targetName: gone.email };
    await recordAudit(tx, workspaceId, actor.author, { action: "invitation.withdrawn", ...target });
    return true;
  });
}

/** What an open link offers, and whether the invited address has an account already. */
export async function findInvitation(token: string) {
  const [found] = await db()
    .select({
      id: invitation.id,
      email: invitation.email,
      role: invitation.role,
      invitedBy: invitation.invitedBy,
      workspace: { id: workspace.id, name: workspace.name, slug: workspace.slug },
      userId: user.id,
    })
    .from(invitation)
    .innerJoin(workspace, eq(workspace.id, invitation.workspaceId))
    .leftJoin(user, eq(user.email, invitation.email))
    .where(and(eq(invitation.tokenHash, hashLinkToken(token)), isOpen));
  return found ?? null;
}
export type OpenInvitation = NonNullable<Awaited<ReturnType<typeof findInvitation>>>;
