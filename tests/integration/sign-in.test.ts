import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { session, signInThrottle } from "../../drizzle/schema/people.ts";
import { verifyPassword } from "../../lib/accounts/password.ts";
import { findSession } from "../../lib/accounts/sessions.ts";
import { signIn } from "../../lib/accounts/sign-in.ts";
import { db } from "../../lib/db.ts";
import { testDatabase } from "../support/database.ts";
import { aPerson, CALLER, PASSWORD, signedIn } from "../support/people.ts";

await testDatabase();

beforeEach(async () => {
  await db().delete(signInThrottle);
});

/** Counts the argon2 computations of a sign-in. */
function counting() {
  const counted = {
    calls: 0,
    verify: (hash: string | null, password: string) => {
      counted.calls += 1;
      return verifyPassword(hash, password);
    },
  };
  return counted;
}

const from = (address: string) => ({ ...CALLER, address });

test("the right password opens a session that knows where it came from", async () => {
  const person = await aPerson();

  const answer = await signIn({ email: person.email, password: PASSWORD }, CALLER);

  if (answer.result !== "signed_in") throw new Error(answer.result);
  expect(await findSession(answer.user.sessionId)).toMatchObject({ id: person.id, email: person.email });
  expect(await db().select().from(session)).toMatchObject([{ userId: person.id, ...CALLER }]);
});

test("an unknown person and a wrong password get the same answer after one hash computation each", async () => {
  const person = await aPerson();
  const known = counting();
  const unknown = counting();

  const wrong = await signIn({ email: person.email, password: "not the password" }, CALLER, known.verify);
  const nobody = await signIn({ email: "nobody@example.com", password: "not the password" }, CALLER, unknown.verify);

  expect(nobody).toEqual(wrong);
  expect(nobody).toEqual({ result: "refused" });
  expect([known.calls, unknown.calls]).toEqual([1, 1]);
});

test("no password fits an unknown person, not even the one behind the hash that is compared", async () => {
  expect(await verifyPassword(null, "")).toBe(false);
});

test("after ten wrong passwords an account is throttled from new addresses, whether it exists or not", async () => {
  const person = await aPerson();
  for (const email of [person.email, "nobody@example.com"]) {
    for (let number = 0; number < 10; number += 1) {
      const answer = await signIn({ email, password: "wrong wrong wrong" }, from(`198.51.100.${number}`));
      expect(answer).toEqual({ result: "refused" });
    }
    const counted = counting();
    const eleventh = await signIn({ email, password: PASSWORD }, from("198.51.100.99"), counted.verify);
    expect(eleventh).toMatchObject({ result: "throttled", minutes: 15 });
    expect(counted.calls).toBe(0);
  }
});

test("a stranger's failures do not lock a person out of an address they have signed in from", async () => {
  const person = await aPerson();
  await signedIn(person, from("203.0.113.50"));
  for (let number = 0; number < 11; number += 1) {
    await signIn({ email: person.email, password: "wrong wrong wrong" }, from("198.51.100.66"));
  }

  expect(await signIn({ email: person.email, password: PASSWORD }, from("203.0.113.50"))).toMatchObject({
    result: "signed_in",
  });
});

test("an address is throttled after fifty failures over many accounts; another address is not", async () => {
  const person = await aPerson();
  const attempts = Array.from({ length: 50 }, (_, number) =>
    signIn({ email: `guess-${number}@example.com`, password: "wrong wrong wrong" }, from("198.51.100.7"), noHash),
  );
  await Promise.all(attempts);

  expect(await signIn({ email: person.email, password: PASSWORD }, from("198.51.100.7"))).toMatchObject({
    result: "throttled",
  });
  expect(await signIn({ email: person.email, password: PASSWORD }, from("198.51.100.8"))).toMatchObject({
    result: "signed_in",
  });
});

const noHash = async () => false;

test("one half of an IPv6 address counts: a machine with a whole /64 is one address", async () => {
  const attempts = Array.from({ length: 50 }, (_, number) =>
    signIn({ email: `guess-${number}@example.com`, password: "wrong" }, from(`2001:db8:1:2::${number + 1}`), noHash),
  );
  await Promise.all(attempts);

  const next = await signIn({ email: "one@example.com", password: "wrong" }, from("2001:db8:1:2:aaaa::1"), noHash);
  const elsewhere = await signIn({ email: "one@example.com", password: "wrong" }, from("2001:db8:1:3::1"), noHash);
  expect([next.result, elsewhere.result]).toEqual(["throttled", "refused"]);
});

test("thirty guesses at once get no more looks at the password than thirty in a row", async () => {
  const person = await aPerson();
  const counted = counting();

  await Promise.all(
    Array.from({ length: 30 }, () => signIn({ email: person.email, password: "wrong" }, CALLER, counted.verify)),
  );

  expect(counted.calls).toBe(10);
});

test("a right password starts the account's count afresh", async () => {
  const person = await aPerson();
  for (let round = 0; round < 3; round += 1) {
    for (let number = 0; number < 9; number += 1) {
      await signIn({ email: person.email, password: "wrong" }, CALLER, noHash);
    }
    expect(await signIn({ email: person.email, password: PASSWORD }, CALLER)).toMatchObject({ result: "signed_in" });
  }
});

test("the throttle opens again when its quarter of an hour is over", async () => {
  const person = await aPerson();
  for (let number = 0; number < 11; number += 1)
    await signIn({ email: person.email, password: "wrong" }, CALLER, noHash);
  await db().update(signInThrottle).set({ windowStartedAt: sql`now() - interval '16 minutes'` });

  expect(await signIn({ email: person.email, password: PASSWORD }, CALLER)).toMatchObject({ result: "signed_in" });
});
