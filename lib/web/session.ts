import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { SignedInUser } from "../accounts/sessions.ts";
import type { Author } from "../audit/record.ts";
import { formatId } from "../ids.ts";
import { findMembership, type Membership } from "../workspaces/queries.ts";
import { can, leastRoleFor, type Permission, type Role } from "../workspaces/roles.ts";
import { auth } from "./auth.ts";
import { callerOf } from "./caller.ts";
import { safePath } from "./safe-path.ts";

export type Actor = {
  user: { id: string; name: string; email: string };
  role: Role;
  workspace: Membership["workspace"];
  /** The person as the audit log names them. */
  author: Author;
};

const FORBIDDEN_DIGEST = "FORBIDDEN";

/** A member whose role is too small. The digest reaches the error page, which names the role that is needed. */
export class ForbiddenError extends Error {
  override name = "ForbiddenError";
  readonly needed: Role;
  readonly digest: string;
  constructor(permission: Permission) {
    const needed = leastRoleFor(permission);
    super(`This needs the role ${needed} or a higher one.`);
    this.needed = needed;
    this.digest = `${FORBIDDEN_DIGEST};${needed}`;
  }
}

/** Who is signed in, asked once a request. */
export const currentUser = cache(async (): Promise<SignedInUser | null> => {
  const check = (await auth())?.check;
  if (check?.result === "unavailable") throw new Error("The database cannot be reached. Try again in a moment.");
  return check?.user ?? null;
});

export async function requireUser(): Promise<SignedInUser> {
  const user = await currentUser();
  if (user) return user;
  const path = safePath((await headers()).get("x-posthorn-path"));
  redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}

const membershipOf = cache(findMembership);

/** The signed-in member of the workspace in the URL. To strangers the workspace does not exist. */
export async function requireActor(slug: string, permission: Permission = "read"): Promise<Actor> {
  const actor = await findActor(slug);
  if (!actor) notFound();
  if (!can(actor.role, permission)) throw new ForbiddenError(permission);
  return actor;
}

/** The same without an opinion on what a stranger is shown. */
export async function findActor(slug: string): Promise<Actor | null> {
  const { id, name, email } = await requireUser();
  const membership = await membershipOf(id, slug);
  if (!membership) return null;
  const { address } = callerOf(await headers());
  return { user: { id, name, email }, ...membership, author: { id: formatId("usr", id), name, address } };
}
