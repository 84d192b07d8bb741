import { member, user, workspace } from "../../drizzle/schema/people.ts";
import { hashPassword } from "../../lib/accounts/password.ts";
import { type Caller, startSession } from "../../lib/accounts/sessions.ts";
import type { Author } from "../../lib/audit/record.ts";
import { db } from "../../lib/db.ts";
import { formatId, newId } from "../../lib/ids.ts";
import type { Role } from "../../lib/workspaces/roles.ts";

export const PASSWORD = "correct horse battery";
export const CALLER: Caller = { address: "203.0.113.7", userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0" };

export type Person = { id: string; name: string; email: string; author: Author };

let hash: Promise<string> | undefined;
let count = 0;

/** A person whose password is `PASSWORD`. */
export async function aPerson(name = "Mara"): Promise<Person> {
  hash ??= hashPassword(PASSWORD);
  count += 1;
  const person = { id: newId(), name, email: `${name.toLowerCase()}-${count}@example.com` };
  await db()
    .insert(user)
    .values({ ...person, passwordHash: await hash });
  return { ...person, author: { id: formatId("usr", person.id), name } };
}

export async function aTeam(...roles: Role[]): Promise<{ workspaceId: string; slug: string; people: Person[] }> {
  const workspaceId = newId();
  const slug = `w-${workspaceId}`;
  await db().insert(workspace).values({ id: workspaceId, slug, name: "Fieldnote" });
  const people: Person[] = [];
  for (const role of roles) {
    const person = await aPerson(role);
    await db().insert(member).values({ workspaceId, userId: person.id, role });
    people.push(person);
  }
  return { workspaceId, slug, people };
}

export async function signedIn(person: Person, caller: Caller = CALLER) {
  const sessionId = await startSession(person.id, caller);
  return { id: person.id, name: person.name, email: person.email, sessionId };
}
