import { and, eq, gt, sql } from "drizzle-orm";
import { invitation, member, user, workspace } from "../../drizzle/schema/people.ts";
import { recordAudit } from "../audit/record.ts";
import { db, type Transaction } from "../db.ts";
import { formatId } from "../ids.ts";
import { findInvitation } from "../workspaces/invitations.ts";
import { hashLinkToken } from "./link-token.ts";
import { hashPassword } from "./password.ts";
import { createUser } from "./sign-up.ts";

export type Joined =
  | { result: "joined"; workspace: string; email: string }
  | { result: "gone" | "account_exists" | "other_person" };

/** A new person takes an invitation up: account and membership in one go, and the link is used up. */
export async function joinAsNewPerson(
  input: { token: string; name: string; password: string },
  hash = hashPassword,
): Promise<Joined> {
  // Looked at first: hashing costs enough to keep strangers with made-up links from asking for it.
  if (!(await findInvitation(input.token))) return { result: "gone" };
  const passwordHash = await hash(input.password);
  return db().transaction(async (tx) => {
    const invited = await lockInvitation(tx, input.token);
    if (!invited) return { result: "gone" };
    const person = await createUser(tx, { name: input.name, email: invited.email, passwordHash });
    if (!person) return { result: "account_exists" };
    return addMember(tx, invited, person);
  });
}

/** A person with an account joins; the invitation is for their address alone. */
export async function joinAsExistingPerson(token: string, userId: string): Promise<Joined> {
  return db().transaction(async (tx) => {
    const invited = await lockInvitation(tx, token);
    const [person] = await tx
      .select({ id: user.id, name: user.name, email: user.email })
      .from(user)
      .where(eq(user.id, userId));
    if (!invited || !person) return { result: "gone" };
    if (invited.email !== person.email) return { result: "other_person" };
    return addMember(tx, invited, person);
  });
}

type Invited = NonNullable<Awaited<ReturnType<typeof lockInvitation>>>;

/** Of two who open the same link at once, the second waits here and then finds it gone. */
async function lockInvitation(tx: Transaction, token: string) {
  const [found] = await tx
    .select({
      id: invitation.id,
      email: invitation.email,
      role: invitation.role,
      workspaceId: workspace.id,
      slug: workspace.slug,
    })
    .from(invitation)
    .innerJoin(workspace, eq(workspace.id, invitation.workspaceId))
    .where(and(eq(invitation.tokenHash, hashLinkToken(token)), gt(invitation.expiresAt, sql`now()`)))
    .for("update", { of: invitation });
  return found ?? null;
}

async function addMember(tx: Transaction, invited: Invited, person: { id: string; name: string }): Promise<Joined> {
  const { id, workspaceId, role, email, slug } = invited;
  await tx.delete(invitation).where(eq(invitation.id, id));
  await tx.insert(member).values({ workspaceId, userId: person.id, role }).onConflictDoNothing();
  const author = { id: formatId("usr", person.id), name: person.name };
  const target = { target: author.id, targetName: person.name };
  await recordAudit(tx, workspaceId, author, { action: "member.joined", ...target, detail: { role } });
  return { result: "joined", workspace: slug, email };
}
