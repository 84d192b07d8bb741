import { and, desc, eq, gt, lt, ne, sql } from "drizzle-orm";
import { session, user } from "../../drizzle/schema/people.ts";
import { type Database, db, type Transaction } from "../db.ts";
import { newId } from "../ids.ts";

/** A session ends this long after it was last used. */
const SESSION_IDLE_DAYS = 30;
/** How exact `lastSeenAt` is: it is written at most once in this time. */
const SEEN_EVERY_SECONDS = 60;

/** Where a sign-in comes from, for the person to recognise it later. */
export type Caller = { address: string | null; userAgent: string | null };
export type SignedInUser = { id: string; name: string; email: string; sessionId: string };

const idleEnd = sql`now() + make_interval(days => ${SESSION_IDLE_DAYS})`;

/** Opens a session and forgets those of the same person that ended long ago. */
export async function startSession(userId: string, caller: Caller, tx: Database | Transaction = db()): Promise<string> {
  const id = newId();
  const longAgo = sql`now() - make_interval(days => ${SESSION_IDLE_DAYS})`;
  await tx.delete(session).where(and(eq(session.userId, userId), lt(session.expiresAt, longAgo)));
  await tx.insert(session).values({
    id,
    userId,
    address: caller.address,
    userAgent: caller.userAgent?.slice(0, 400) ?? null,
    expiresAt: idleEnd,
  });
  return id;
}

/** The person behind a session, or null once it has ended. Being used moves its end ahead. */
export async function findSession(sessionId: string): Promise<SignedInUser | null> {
  const [found] = await db()
    .select({
      id: user.id,
      name: user.name,
      email: user.email,
      sessionId: session.id,
      stale: sql<boolean>`${session.lastSeenAt} < now() - make_interval(secs => ${SEEN_EVERY_SECONDS})`,
    })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .where(and(eq(session.id, sessionId), gt(session.expiresAt, sql`now()`)));
  if (!found) return null;
  const { stale, ...person } = found;
  if (stale) await markSeen(sessionId);
  return person;
}

/** The live check is repeated: a session that was revoked a moment ago must not come back to life. */
async function markSeen(sessionId: string): Promise<void> {
  await db()
    .update(session)
    .set({ lastSeenAt: sql`now()`, expiresAt: idleEnd })
    .where(and(eq(session.id, sessionId), gt(session.expiresAt, sql`now()`)));
}

export function listSessions(userId: string) {
  return db()
    .select({
      id: session.id,
      address: session.address,
      userAgent: session.userAgent,
      createdAt: session.createdAt,
      lastSeenAt: session.lastSeenAt,
    })
    .from(session)
    .where(and(eq(session.userId, userId), gt(session.expiresAt, sql`now()`)))
    .orderBy(desc(session.lastSeenAt));
}
export type SessionRow = Awaited<ReturnType<typeof listSessions>>[number];

/** Ended sessions stay for a while: the throttle knows a person's usual addresses from them. */
export async function endSession(userId: string, sessionId: string): Promise<boolean> {
  const ended = await db()
    .update(session)
    .set({ expiresAt: sql`now()` })
    .where(and(eq(session.userId, userId), eq(session.id, sessionId), gt(session.expiresAt, sql`now()`)))
    .returning({ id: session.id });
  return ended.length > 0;
}

/** Ends every session of a person, but for the one to keep. Returns how many. */
export async function endSessions(
  userId: string,
  keep: string | null,
  tx: Database | Transaction = db(),
): Promise<number> {
  const ended = await tx
    .update(session)
    .set({ expiresAt: sql`now()` })
    .where(
      and(
        eq(session.userId, userId),
        gt(session.expiresAt, sql`now()`),
        keep === null ? undefined : ne(session.id, keep),
      ),
    )
    .returning({ id: session.id });
  return ended.length;
}
