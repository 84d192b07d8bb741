import { isJson } from "../formats/content-type.ts";
import { formText } from "./form.ts";
import { multipartText } from "./multipart.ts";
import { xmlFieldsText } from "./xml.ts";

/** A body that would become more than this has no fields. */
const MAX_CHARACTERS = 4 * 1_024 * 1_024;
const CHARSET = /;\s*charset\s*=\s*"?([\w:.-]{1,40})/i;
const DECLARED = /^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.-]{1,40})/;

/**
 * What filters, transformations, searches and schemas read of a payload, as JSON text: itself when it is JSON, else the
 * fields of a form or of XML. Null = it has none. The payload stays what it is: this is never stored in its place or sent.
 */
export function readableText(payload: Buffer, contentType: string): string | null {
  return isJson(contentType) ? payload.toString("utf8") : fieldsText(payload, contentType);
}

/** The fields of a payload that is a form or XML, as JSON text; null for everything else. */
export function fieldsText(payload: Buffer, contentType: string): string | null {
  const read = readerOf(contentType);
  const text = read?.(payload, contentType) ?? null;
  return text !== null && text.length <= MAX_CHARACTERS ? text : null;
}

type Reader = (payload: Buffer, contentType: string) => string | null;

function readerOf(contentType: string): Reader | null {
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type === "application/x-www-form-urlencoded") return (payload) => formText(payload.toString("utf8"));
  if (type === "multipart/form-data") return multipartText;
  if (/^(application|text)\/xml$|\+xml$/.test(type)) return (payload) => xmlFieldsText(decoded(payload, contentType));
  return null;
}

/** In the character set that the content type names, or the document itself. */
function decoded(payload: Buffer, contentType: string): string {
  const label = CHARSET.exec(contentType)?.[1] ?? DECLARED.exec(payload.toString("latin1", 0, 200))?.[1] ?? "utf-8";
  try {
    return new TextDecoder(label).decode(payload);
  } catch {
    // A set that nobody knows: most of it can be read all the same.
    return payload.toString("utf8");
  }
}
