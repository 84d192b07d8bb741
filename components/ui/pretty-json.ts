const INDENT = "  ";
/** Deeper than this a document is shown as it came. */
const MAX_DEPTH = 100;
/** What indents make longer than this, beyond what short documents grow by, is shown as it came too. */
const MOST_GROWTH = 8;
const FREE_GROWTH = 65_536;
const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g;

/**
 * The same JSON with line breaks and two-space indents. Only white space changes: keys keep their order and their
 * duplicates, numbers their digits, strings their escapes. Null when the text is not JSON.
 */
export function prettyJson(text: string): string | null {
  try {
    JSON.parse(text);
  } catch {
    // Not JSON: the caller shows the text as it is.
    return null;
  }
  const most = FREE_GROWTH + MOST_GROWTH * text.length;
  let out = "";
  let depth = 0;
  let previous = "";
  for (const [token] of text.matchAll(TOKEN)) {
    const opensBefore = previous === "{" || previous === "[";
    if (token === "}" || token === "]") {
      depth--;
      out += opensBefore ? token : `\n${INDENT.repeat(depth)}${token}`;
    } else if (token === ",") {
      out += token;
    } else if (token === ":") {
      out += ": ";
    } else {
      out += previous === "," || opensBefore ? `\n${INDENT.repeat(depth)}${token}` : token;
      if (token === "{" || token === "[") depth++;
    }
    if (depth > MAX_DEPTH || out.length > most) return text;
    previous = token;
  }
  return out;
}
