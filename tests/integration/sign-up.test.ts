import { beforeEach, expect, test } from "vitest";
import { user, workspace } from "../../drizzle/schema/people.ts";
import { setUpLink, setUpToken } from "../../lib/accounts/set-up-token.ts";
import { signUp, signUpMode } from "../../lib/accounts/sign-up.ts";
import { db } from "../../lib/db.ts";
import { parseEnvironment } from "../../lib/env.ts";
import { findMembership, listWorkspacesOf } from "../../lib/workspaces/queries.ts";
import { testDatabase } from "../support/database.ts";
import { PASSWORD } from "../support/people.ts";

await testDatabase();

const environment = (values: Record<string, string> = {}) =>
  parseEnvironment({ AUTH_SECRET: "s".repeat(40), ...values });
const input = (name: string) => ({ name, email: `${name.toLowerCase()}@example.com`, password: PASSWORD });

beforeEach(async () => {
  await db().delete(workspace);
  await db().delete(user);
});

test("the first person becomes the owner of a workspace that is there without asking", async () => {
  const answer = await signUp(input("Mara"), null, environment());

  if (answer.result !== "signed_up") throw new Error(answer.result);
  expect(answer.workspace).toBe("default");
  expect(await findMembership(answer.userId, "default")).toMatchObject({
    role: "owner",
    workspace: { name: "Default", environment: "test" },
  });
});

test("of ten first sign-ups at once one becomes the owner and nine hear that sign-up is closed", async () => {
  const names = Array.from({ length: 10 }, (_, number) => `Person${number}`);

  const answers = await Promise.all(names.map((name) => signUp(input(name), null, environment())));

  expect(answers.filter(({ result }) => result === "signed_up")).toHaveLength(1);
  expect(answers.filter(({ result }) => result === "closed")).toHaveLength(9);
  expect(await db().select().from(user)).toHaveLength(1);
  expect(await db().select().from(workspace)).toHaveLength(1);
});

test("after the first person, sign-up is closed", async () => {
  await signUp(input("Mara"), null, environment());
  expect(await signUp(input("Tom"), null, environment())).toEqual({ result: "closed" });
  expect(await signUpMode(environment())).toBe("closed");
});

test("SIGN_UP=closed refuses even the first", async () => {
  expect(await signUp(input("Mara"), null, environment({ SIGN_UP: "closed" }))).toEqual({ result: "closed" });
});

test("SIGN_UP=open gives everybody a workspace of their own, and nobody the installation's", async () => {
  const open = environment({ SIGN_UP: "open" });
  const answers = [];
  for (const name of ["Mara", "Default", "Zoë Łuczak", "北京"])
    answers.push(await signUp({ ...input("x"), name, email: `${answers.length}@example.com` }, null, open));

  const slugs = answers.map((answer) => (answer.result === "signed_up" ? answer.workspace : answer.result));
  expect(slugs).toEqual(["mara-workspace", "default-workspace", "zoe-uczak-workspace", "workspace"]);
  const [first, second] = answers;
  if (first?.result !== "signed_up" || second?.result !== "signed_up") throw new Error("not signed up");
  expect(await findMembership(second.userId, first.workspace)).toBeNull();
  expect(await listWorkspacesOf(second.userId)).toMatchObject([{ slug: "default-workspace", role: "owner" }]);
});

test("an address has one account; a second sign-up with it makes nothing", async () => {
  const open = environment({ SIGN_UP: "open" });
  await signUp(input("Mara"), null, open);

  expect(await signUp(input("Mara"), null, open)).toEqual({ result: "email_taken" });

  expect(await db().select().from(workspace)).toHaveLength(1);
});

test("where strangers can reach the page, the first sign-up needs the token printed at the start", async () => {
  const reachable = environment({ HOST: "0.0.0.0" });

  for (const setUpToken of [undefined, "", "wrong", "x".repeat(24)]) {
    const answer = await signUp({ ...input("Mara"), setUpToken }, null, reachable);
    expect(answer).toEqual({ result: "wrong_set_up_token" });
  }

  const token = setUpToken(reachable)!;
  expect(await setUpLink(reachable)).toContain(`/sign-up?token=${token}`);
  expect(await signUp({ ...input("Mara"), setUpToken: token }, null, reachable)).toMatchObject({ result: "signed_up" });
  expect(await setUpLink(reachable)).toBeNull();
});
