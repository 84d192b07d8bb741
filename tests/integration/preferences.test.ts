import { expect, test } from "vitest";
import { keepPreference, readPreference } from "../../lib/accounts/preferences.ts";
import { testDatabase } from "../support/database.ts";
import { aPerson } from "../support/people.ts";

await testDatabase();

test("a choice is kept for the person who made it, the last one counts, and nobody else has it", async () => {
  const [mara, tom] = [await aPerson("Mara"), await aPerson("Tom")];
  expect(await readPreference(mara.id, "columns")).toBeNull();

  await keepPreference(mara.id, "columns", ["status", "type"]);
  await keepPreference(mara.id, "columns", ["type"]);
  await keepPreference(mara.id, "view", { id: "x" });

  expect(await readPreference(mara.id, "columns")).toEqual(["type"]);
  expect(await readPreference(mara.id, "view")).toEqual({ id: "x" });
  expect(await readPreference(tom.id, "columns")).toBeNull();
});

test("a choice of null is forgotten", async () => {
  const mara = await aPerson();
  await keepPreference(mara.id, "columns", ["type"]);
  await keepPreference(mara.id, "columns", null);
  expect(await readPreference(mara.id, "columns")).toBeNull();
});

test("a choice is a choice, not a store: 8 KiB at most", async () => {
  const mara = await aPerson();
  const text = "x".repeat(8 * 1024 - 2);
  await keepPreference(mara.id, "note", text);
  await expect(keepPreference(mara.id, "note", `${text}x`)).rejects.toThrow("too long");
  expect(await readPreference(mara.id, "note")).toBe(text);
});
