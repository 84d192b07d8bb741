/** A span of status codes, both ends included. */
export type CodeSpan = { least: number; most: number };

/** `503` or `5xx`; null for anything else. */
export function readCode(text: string): CodeSpan | null {
  if (/^[1-5]xx$/i.test(text)) return { least: Number(text[0]) * 100, most: Number(text[0]) * 100 + 99 };
  return /^[1-5]\d\d$/.test(text) ? { least: Number(text), most: Number(text) } : null;
}
