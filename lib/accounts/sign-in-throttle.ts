import { createHash } from "node:crypto";
import { and, eq, gt, inArray, sql } from "drizzle-orm";
import { session, signInThrottle, user } from "../../drizzle/schema/people.ts";
import { db } from "../db.ts";

const WINDOW_MINUTES = 15;
const MAX_PER_ACCOUNT = 10;
const MAX_PER_ADDRESS = 50;

export type Throttle = { result: "allowed"; keys: string[] } | { result: "throttled"; minutes: number };

/**
 * Counts an attempt before the password is looked at, so that many at once cannot slip through together.
 * What turns out to be right is given back with `forgiveAttempt`.
 */
export async function countAttempt(email: string, address: string | null): Promise<Throttle> {
  const limits = new Map([[await accountKey(email, address), MAX_PER_ACCOUNT]]);
  if (address) limits.set(`address:${network(address)}`, MAX_PER_ADDRESS);
  const keys = [...limits.keys()].sort();
  const windowStart = sql`(now() - make_interval(mins => ${WINDOW_MINUTES}))`;
  const lapsed = sql`${signInThrottle.windowStartedAt} <= ${windowStart}`;
  const counted = await db()
    .insert(signInThrottle)
    .values(keys.map((key) => ({ key, failures: 1, windowStartedAt: sql`now()` })))
    .onConflictDoUpdate({
      target: signInThrottle.key,
      set: {
        failures: sql`case when ${lapsed} then 1 else ${signInThrottle.failures} + 1 end`,
        windowStartedAt: sql`case when ${lapsed} then now() else ${signInThrottle.windowStartedAt} end`,
      },
    })
    .returning({
      key: signInThrottle.key,
      failures: signInThrottle.failures,
      secondsLeft: sql<number>`extract(epoch from ${signInThrottle.windowStartedAt} - ${windowStart})::int`,
    });
  const over = counted.filter(({ key, failures }) => failures > (limits.get(key) ?? 0));
  if (over.length === 0) return { result: "allowed", keys };
  const secondsLeft = Math.max(...over.map((row) => row.secondsLeft));
  return { result: "throttled", minutes: Math.max(1, Math.ceil(secondsLeft / 60)) };
}

/** After a right password the account starts afresh; the address loses only this one attempt. */
export async function forgiveAttempt(keys: string[]): Promise<void> {
  const accounts = keys.filter((key) => key.startsWith("account:"));
  const addresses = keys.filter((key) => key.startsWith("address:"));
  await db().delete(signInThrottle).where(inArray(signInThrottle.key, accounts));
  await db()
    .update(signInThrottle)
    .set({ failures: sql`${signInThrottle.failures} - 1` })
    .where(and(inArray(signInThrottle.key, addresses), gt(signInThrottle.failures, 0)));
}

/**
 * A person's usual addresses have a counter of their own: a stranger who fails on purpose with somebody's e-mail
 * does not lock that somebody out.
 */
async function accountKey(email: string, address: string | null): Promise<string> {
  const known = address
    ? await db()
        .select({ id: session.id })
        .from(session)
        .innerJoin(user, eq(user.id, session.userId))
        .where(and(eq(user.email, email), eq(session.address, address)))
        .limit(1)
    : [];
  const place = known.length > 0 ? `\n${address}` : "";
  return `account:${createHash("sha256").update(`${email}${place}`).digest("hex")}`;
}

/** One household or server holds a whole /64 of IPv6, so the first half is what counts. */
function network(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head.split(":").filter(Boolean);
  const missing = 8 - groups.length - (tail ?? "").split(":").filter(Boolean).length;
  const full = tail === undefined ? groups : [...groups, ...Array<string>(missing).fill("0")];
  return `${full.slice(0, 4).join(":")}::/64`;
}
