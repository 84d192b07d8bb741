import { describe, expect, test } from "vitest";
import { chosenBy, isCharacterKey, isPress } from "../../../../components/shell/key-match.ts";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey" | "shiftKey", boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe("a combination", () => {
  test.each([
    ["r", press("r"), true],
    ["r", press("R"), true], // Caps Lock
    ["r", press("R", { shiftKey: true }), false],
    ["Shift+r", press("R", { shiftKey: true }), true],
    ["Shift+r", press("r"), false],
    ["r", press("r", { ctrlKey: true }), false],
    ["r", press("r", { altKey: true }), false],
    ["Mod+k", press("k", { metaKey: true }), true],
    ["Mod+k", press("k", { ctrlKey: true }), true],
    ["Mod+k", press("k"), false],
    ["Mod+k", press("K", { ctrlKey: true, shiftKey: true }), false],
    ["Enter", press("Enter"), true],
    ["Mod+Enter", press("Enter"), false],
    ["Escape", press("Escape"), true],
  ])("%j and %j: %s", (combination, pressed, expected) => {
    expect(isPress(combination, pressed)).toBe(expected);
  });

  test("a sign counts by what is typed, whatever the keyboard needs for it", () => {
    expect(isPress("?", press("?", { shiftKey: true }))).toBe(true);
    expect(isPress("/", press("/", { shiftKey: true }))).toBe(true); // on a German keyboard
    expect(isPress("[", press("[", { altKey: true }))).toBe(true); // on a Spanish one
    expect(isPress("/", press("/", { ctrlKey: true }))).toBe(false);
  });
});

test.each([
  ["r", true],
  ["Shift+r", true],
  ["?", true],
  ["g d", true],
  ["Mod+k", false],
  ["Mod+Enter", false],
  ["Enter", false],
  ["Escape", false],
  ["ArrowDown", false],
])("%s is a single character that can be switched off: %s", (combination, expected) => {
  expect(isCharacterKey(combination)).toBe(expected);
});

describe("one after the other", () => {
  const bindings = [{ keys: "g d" }, { keys: "g o" }, { keys: "d" }, { keys: "x" }];
  const keysOf = (chosen: { keys: string }[]) => chosen.map(({ keys }) => keys);

  test("g waits for its second key, which then belongs to it alone", () => {
    const first = chosenBy(press("g"), bindings, null);
    expect(first).toEqual({ chosen: [], waiting: "g" });
    const second = chosenBy(press("d"), bindings, first.waiting);
    expect(keysOf(second.chosen)).toEqual(["g d"]);
    expect(second.waiting).toBeNull();
  });

  test("a key that no sequence goes on with means what it means alone", () => {
    expect(keysOf(chosenBy(press("x"), bindings, "g").chosen)).toEqual(["x"]);
    expect(keysOf(chosenBy(press("d"), bindings, null).chosen)).toEqual(["d"]);
  });
});
