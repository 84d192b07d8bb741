/** A sentence longer than this is no sentence. */
const MOST_CHARACTERS = 160;
/** Where receivers put what went wrong, the most telling first. */
const FIELDS = ["message", "detail", "error_description", "error_message", "reason", "title", "error"] as const;
const MOST_NESTING = 3;

/** What an answer says about itself, in its own words: an error's message, or a short line of text. */
export function wordsOfAnswer(body: Buffer | null): string | null {
  if (!body || body.length === 0) return null;
  const text = body.toString("utf8").trim();
  if (/^[[{"]/.test(text)) return tidy(messageIn(parsed(text), 0));
  if (text.startsWith("<")) return tidy(/<title[^<>]*>([^<]{1,400})</i.exec(text)?.[1] ?? null);
  return /^[^\n]{1,160}$/.test(text) ? tidy(text) : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut off or no JSON after all: then it says nothing we can quote.
    return null;
  }
}

function messageIn(value: unknown, depth: number): string | null {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null || depth > MOST_NESTING) return null;
  if (Array.isArray(value)) return messageIn(value[0], depth + 1);
  const fields = new Map(Object.entries(value));
  const errors = fields.get("errors");
  if (typeof fields.get("error") === "object") return messageIn(fields.get("error"), depth + 1);
  const kind = fields.get("error");
  for (const name of FIELDS) {
    const found = fields.get(name);
    if (typeof found !== "string" || found.trim() === "") continue;
    return typeof kind === "string" && name !== "error" && kind !== found ? `${kind} ${found}` : found;
  }
  return errors === undefined ? null : messageIn(errors, depth + 1);
}

/** One line, without control characters, and no longer than a sentence. */
function tidy(text: string | null): string | null {
  const line = text?.replace(/\p{C}/gu, " ").replace(/\s+/g, " ").trim().toWellFormed();
  if (!line) return null;
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS).toWellFormed()}…` : line;
}
