/** What the matching looks at: the same in a browser and in a test. */
export type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** How long the second key of `g d` may take. */
export const SEQUENCE_MS = 1200;

/**
 * Whether a press is the combination, by the character it makes rather than by its place on the keyboard: `r`,
 * `Shift+r`, `?`, `Enter`, `Mod+k` (Command or Control). Signs are typed with whatever the layout needs for them.
 */
export function isPress(combination: string, { key, ctrlKey, metaKey, altKey, shiftKey }: Press): boolean {
  const parts = combination.split("+");
  const wanted = parts.at(-1) ?? "";
  if (key.toLowerCase() !== wanted.toLowerCase()) return false;
  if (parts.includes("Mod") !== (ctrlKey || metaKey)) return false;
  if (isSign(wanted)) return true;
  return !altKey && parts.includes("Shift") === shiftKey;
}

/** `?`, `/`, `[`: neither letter nor a key with a name. */
function isSign(key: string): boolean {
  return key.length === 1 && key.toLowerCase() === key.toUpperCase() && key !== " ";
}

/** Shortcuts of a single character, which speech input and stray fingers set off; these can be switched off. */
export function isCharacterKey(combination: string): boolean {
  return (
    !combination.includes("Mod+") && combination.split(" ").some((part) => (part.split("+").at(-1) ?? "").length === 1)
  );
}

type Bound = { keys: string };

/**
 * Which of the bindings a press calls for, and the first key of a sequence to remember for the next press. After `g`
 * the `d` belongs to `g d`, so `d` alone is not heard.
 */
export function chosenBy<B extends Bound>(press: Press, bindings: readonly B[], waiting: string | null) {
  const sequences = bindings.filter(({ keys }) => keys.includes(" "));
  const second =
    waiting === null
      ? []
      : sequences.filter(({ keys }) => {
          const [first, last = ""] = keys.split(" ");
          return first === waiting && isPress(last, press);
        });
  if (second.length > 0) return { chosen: second, waiting: null };
  const begun = sequences.find(({ keys }) => isPress(keys.split(" ")[0] ?? "", press));
  if (begun) return { chosen: [], waiting: begun.keys.split(" ")[0] ?? null };
  return { chosen: bindings.filter(({ keys }) => !keys.includes(" ") && isPress(keys, press)), waiting: null };
}
