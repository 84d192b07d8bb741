import { asc } from "drizzle-orm";
import { user } from "../../drizzle/schema/people.ts";
import { db } from "../db.ts";
import { makeResetLinkByEmail } from "./password-reset.ts";

/** `npm run reset-password -- mara@example.com` prints a link; without an address it lists the accounts. Returns the exit code. */
export async function resetPasswordCommand(email: string | undefined, print: (line: string) => void): Promise<number> {
  if (!email) {
    const people = await db().select({ email: user.email }).from(user).orderBy(asc(user.id));
    print("Whose password? npm run reset-password -- <e-mail>");
    print(
      people.length > 0 ? `Accounts: ${people.map((person) => person.email).join(", ")}` : "Nobody has signed up yet.",
    );
    return 1;
  }
  const link = await makeResetLinkByEmail(email.trim().toLowerCase());
  if (!link) {
    print(`Nobody has the address ${email}.`);
    return 1;
  }
  print(`Open this link within 24 hours to set a new password for ${email}. It works once.\n${link}`);
  return 0;
}
