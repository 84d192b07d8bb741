import { fieldsAsJson, MAX_FIELDS } from "./form.ts";

const BOUNDARY = /;\s*boundary\s*=\s*(?:"([^"]{1,100})"|([^\s;]{1,100}))/i;
const NAME = /;\s*name\s*=\s*(?:"([^"]*)"|([^\s;]+))/i;
const FILE = /;\s*filename\*?\s*=/i;
const MAX_HEAD_BYTES = 8_192;
const LINE = "\r\n";

/** The fields of `multipart/form-data` as JSON; its files are left out. */
export function multipartText(body: Buffer, contentType: string): string | null {
  const [, quoted, plain] = BOUNDARY.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return null;
  const parts = partsOf(body, boundary);
  return parts && fieldsAsJson(parts.flatMap(fieldOf));
}

/** What stands between two boundaries; null when it is not closed, or there are too many. */
function partsOf(body: Buffer, boundary: string): Buffer[] | null {
  const parts: Buffer[] = [];
  const delimiter = `${LINE}--${boundary}`;
  const first = `--${boundary}`;
  let at = body.subarray(0, first.length).equals(Buffer.from(first)) ? first.length : after(body, delimiter, 0);
  while (at !== -1 && body.toString("latin1", at, at + 2) !== "--") {
    const end = body.indexOf(delimiter, at);
    if (end === -1 || parts.length === MAX_FIELDS) return null;
    parts.push(body.subarray(body.indexOf(LINE, at) + LINE.length, end));
    at = end + delimiter.length;
  }
  return at === -1 ? null : parts;
}

function after(body: Buffer, text: string, from: number): number {
  const found = body.indexOf(text, from);
  return found === -1 ? -1 : found + text.length;
}

function fieldOf(part: Buffer): [string, string][] {
  const end = part.subarray(0, MAX_HEAD_BYTES).indexOf(LINE + LINE);
  if (end === -1) return [];
  const disposition = part
    .toString("utf8", 0, end)
    .split(LINE)
    .find((line) => /^content-disposition:/i.test(line));
  const [, quoted, plain] = NAME.exec(disposition ?? "") ?? [];
  const name = quoted ?? plain;
  if (disposition === undefined || name === undefined || FILE.test(disposition)) return [];
  return [[name, part.toString("utf8", end + 2 * LINE.length)]];
}
