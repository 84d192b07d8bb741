import { describe, expect, test } from "vitest";
import { PROVIDERS } from "../../../lib/providers/names.ts";
import { againWords } from "../../../lib/sources/again-words.ts";
import { receivedProof } from "../../../lib/sources/received-proof.ts";
import { GENUINE, genuineCall } from "../../support/provider-calls.ts";

describe.each(PROVIDERS)("what a call of %s showed as its proof", (name) => {
  const genuine = GENUINE[name];
  test("is what came, without any secret, and without the token in the URL", async () => {
    if (!genuine) return;
    const call = await genuineCall(genuine);
    const proof = receivedProof(name, genuine.settings ?? {}, call);
    const told = JSON.stringify(proof);
    for (const secret of genuine.secrets) if (secret.length > 4) expect(told).not.toContain(secret);
    expect(told).not.toContain("tok_1");
    if (genuine.credential || name === "jwt") return expect(proof).toBeNull();
    expect(proof?.received.length).toBeGreaterThan(0);
    for (const { header, value } of proof?.received ?? []) expect(call.headers.get(header)).toBe(value);
    if (genuine.timed) expect(Math.abs(proof?.skewSeconds ?? 999)).toBeLessThanOrEqual(1);
    else expect(proof?.skewSeconds ?? null).toBeNull();
  });
});

test("what was signed is shown by its beginning only, on one line", async () => {
  const genuine = GENUINE.slack;
  if (!genuine) throw new Error("no genuine call of Slack");
  const call = await genuineCall(
    { ...genuine, body: `a\r\n\u0000${"b".repeat(500)}` },
    { at: new Date(1_700_000_000_000) },
  );
  expect(receivedProof("slack", {}, call)?.signed).toEqual({
    begins: `v0:1700000000:a ${"b".repeat(24)}…`,
    bytes: 518,
    what: "raw body",
  });
});

test.each([
  [{ accepted: 1_000, duplicates: 0, refused: 0, failed: 0 }, "1\u202f000 verified and went on."],
  [{ accepted: 5, duplicates: 0, refused: 1, failed: 0 }, "5 verified and went on, 1 still does not verify."],
  [{ accepted: 0, duplicates: 2, refused: 3, failed: 0 }, "2 had come again in the meantime, 3 still do not verify."],
  [{ accepted: 0, duplicates: 0, refused: 0, failed: 4 }, "4 could not be stored: try again."],
  [{ accepted: 0, duplicates: 0, refused: 0, failed: 0 }, "Nothing was left to verify."],
])("what became of %o is told in words", (again, words) => {
  expect(againWords(again)).toBe(words);
});
