/** Where a value stands in the bytes: from `start`, up to but not including `end`. */
export type Range = { start: number; end: number };
export type Member = Range & { key: string };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** Space, tab, line feed and carriage return are all there is below. */
const SPACE = 0x20;

/**
 * The deepest nesting of arrays and objects. Safe on bytes that are not JSON, and without recursion: it is asked before
 * anything else looks at what a stranger sent.
 */
export function depthOf(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at) - 1;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth++;
      if (depth > deepest) deepest = depth;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--;
  }
  return deepest;
}

/** The members of the object that the bytes hold, doubles included, in their order. The bytes must be valid JSON. */
export function membersOf(bytes: Uint8Array): Member[] {
  const members: Member[] = [];
  let at = afterSpace(bytes, 0) + 1;
  for (;;) {
    at = afterSpace(bytes, at);
    if (at >= bytes.length || bytes[at] === CLOSE_BRACE) return members;
    const keyEnd = endOfString(bytes, at);
    const key = keyText(bytes, at, keyEnd);
    // Over the colon.
    const start = afterSpace(bytes, afterSpace(bytes, keyEnd) + 1);
    const end = endOfValue(bytes, start);
    members.push({ key, start, end });
    at = afterComma(bytes, end);
  }
}

/** The elements of the array that the bytes hold. The bytes must be valid JSON. */
export function elementsOf(bytes: Uint8Array): Range[] {
  const elements: Range[] = [];
  let at = afterSpace(bytes, 0) + 1;
  for (;;) {
    const start = afterSpace(bytes, at);
    if (start >= bytes.length || bytes[start] === CLOSE_BRACKET) return elements;
    const end = endOfValue(bytes, start);
    elements.push({ start, end });
    at = afterComma(bytes, end);
  }
}

function afterSpace(bytes: Uint8Array, at: number): number {
  let next = at;
  while (next < bytes.length && (bytes[next] ?? 0) <= SPACE) next++;
  return next;
}

function afterComma(bytes: Uint8Array, at: number): number {
  const next = afterSpace(bytes, at);
  return bytes[next] === COMMA ? next + 1 : next;
}

/** From an opening quote to behind the closing one. */
function endOfString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

function endOfValue(bytes: Uint8Array, start: number): number {
  const first = bytes[start];
  if (first === QUOTE) return endOfString(bytes, start);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return endOfContainer(bytes, start);
  let at = start;
  while (at < bytes.length && !endsLiteral(bytes[at] ?? 0)) at++;
  return at;
}

function endOfContainer(bytes: Uint8Array, start: number): number {
  let depth = 0;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at) - 1;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return bytes.length;
}

function endsLiteral(byte: number): boolean {
  return byte <= SPACE || byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET;
}

const decoder = new TextDecoder();

/** A key may be written with escapes: `"d\u0061ta"` is `data` too. */
function keyText(bytes: Uint8Array, start: number, end: number): string {
  const text = decoder.decode(bytes.subarray(start, end));
  return text.includes("\\") ? JSON.parse(text) : text.slice(1, -1);
}
