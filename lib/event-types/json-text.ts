/** Strings are kept, white space between them goes. */
const WHITE_SPACE = /("(?:[^"\\]|\\.)*")|\s+/g;

/** Whether two JSON texts differ in nothing but white space. `1.0` and `1` do differ: both are kept as written. */
export function sameJson(one: string | null, other: string | null): boolean {
  return one === other || (one !== null && other !== null && compact(one) === compact(other));
}

function compact(text: string): string {
  return text.replace(WHITE_SPACE, "$1");
}

/** How deep arrays and objects stand in each other, found without recursion, before anything recursive is let near. */
export function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === "\\") at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{" || char === "[") deepest = Math.max(deepest, ++depth);
    else if (char === "}" || char === "]") depth--;
  }
  return deepest;
}

export type ParsedJson = { ok: true; value: unknown } | { ok: false; problem: string };

/** Parses JSON of bounded depth; the problem is a sentence. */
export function parseJson(text: string, maxDepth: number): ParsedJson {
  if (nestingOf(text) > maxDepth) return { ok: false, problem: `Arrays and objects stand more than ${maxDepth} deep` };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    // The parser's message says where; there is no other way to ask whether a text is JSON.
    return { ok: false, problem: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}
