import { and, asc, eq } from "drizzle-orm";
import { member, user, workspace } from "../../drizzle/schema/people.ts";
import { db } from "../db.ts";

const actorColumns = {
  role: member.role,
  workspace: {
    id: workspace.id,
    slug: workspace.slug,
    name: workspace.name,
    environment: workspace.environment,
    createsEventTypes: workspace.createsEventTypes,
    getStartedDismissedAt: workspace.getStartedDismissedAt,
  },
};

/** A workspace as one of its members sees it; null for strangers, whether it exists or not. */
export async function findMembership(userId: string, slug: string) {
  const [found] = await db()
    .select(actorColumns)
    .from(member)
    .innerJoin(workspace, eq(workspace.id, member.workspaceId))
    .where(and(eq(member.userId, userId), eq(workspace.slug, slug)));
  return found ?? null;
}
export type Membership = NonNullable<Awaited<ReturnType<typeof findMembership>>>;

/** The workspaces of a person, the oldest membership first. */
export function listWorkspacesOf(userId: string) {
  return db()
    .select({ slug: workspace.slug, name: workspace.name, environment: workspace.environment, role: member.role })
    .from(member)
    .innerJoin(workspace, eq(workspace.id, member.workspaceId))
    .where(eq(member.userId, userId))
    .orderBy(asc(member.createdAt), asc(workspace.id));
}

export function listMembers(workspaceId: string) {
  return db()
    .select({ userId: user.id, name: user.name, email: user.email, role: member.role, since: member.createdAt })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.workspaceId, workspaceId))
    .orderBy(asc(member.createdAt), asc(user.id));
}
export type MemberRow = Awaited<ReturnType<typeof listMembers>>[number];

/** One member of the workspace; null for everybody else. */
export async function findMember(workspaceId: string, userId: string): Promise<MemberRow | null> {
  const members = await listMembers(workspaceId);
  return members.find((row) => row.userId === userId) ?? null;
}
