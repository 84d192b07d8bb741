import { type FieldProblem, refusal } from "../api/problem.ts";
import { isJson } from "../formats/content-type.ts";
import { bad, type Parsed, parseJsonBytes } from "./posted-event.ts";

/** What a CloudEvent carries: the bytes as they will be kept, and their type. */
export type CloudData = { bytes: Buffer; contentType: string };

const DEFAULT_TYPE = "application/json";
const NOTHING = Buffer.from("null");
/** It stands in the header of deliveries that carry the data as they are. */
const MEDIA_TYPE = /^[!#$&^_.+\w-]{1,127}\/[!#$&^_.+\w-]{1,127}(\s*;[\x20-\x7e]*)?$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const LONGEST_TYPE = 255;

/** Says what is wrong with one attribute, or with the data. */
type Complain = (name: string, message: string) => Parsed<never>;

export function complainer(pathOf: (name: string) => string): Complain {
  return (name, message) => {
    const path = pathOf(name);
    const errors: FieldProblem[] = [{ path, message }];
    return bad(refusal("invalid_field", `${path} ${message}`, errors));
  };
}

/** A media type as it was declared, or JSON where none was. */
export function dataType(declared: unknown, complain: Complain): Parsed<string> {
  if (declared === undefined) return { ok: true, value: DEFAULT_TYPE };
  if (typeof declared === "string" && declared.length <= LONGEST_TYPE && MEDIA_TYPE.test(declared)) {
    return { ok: true, value: declared };
  }
  return complain("datacontenttype", "must be a media type, such as application/json");
}

/** The data of an event in JSON: `data`, cut out as it came, or `data_base64`. None is JSON's null. */
export function structuredData(
  event: Record<string, unknown>,
  cut: Buffer | null,
  complain: Complain,
): Parsed<CloudData> {
  const type = dataType(event.datacontenttype ?? undefined, complain);
  if (!type.ok) return type;
  const encoded = event.data_base64 ?? undefined;
  if (encoded !== undefined && cut !== null) return complain("data_base64", "must not stand beside data: send one");
  if (encoded !== undefined) return decoded(encoded, type.value, event.datacontenttype ?? undefined, complain);
  if (cut === null) return { ok: true, value: { bytes: NOTHING, contentType: DEFAULT_TYPE } };
  if (isJson(type.value)) return { ok: true, value: { bytes: cut, contentType: type.value } };
  if (typeof event.data !== "string") return complain("data", `must be a string, because it is ${type.value}`);
  return { ok: true, value: { bytes: Buffer.from(event.data), contentType: type.value } };
}

function decoded(encoded: unknown, contentType: string, declared: unknown, complain: Complain): Parsed<CloudData> {
  if (typeof encoded !== "string" || !BASE64.test(encoded)) return complain("data_base64", "must be base64");
  const bytes = Buffer.from(encoded, "base64");
  if (!isJson(contentType) || parseJsonBytes(bytes).ok) return { ok: true, value: { bytes, contentType } };
  const advice = declared === undefined ? ": say in datacontenttype what it is" : `, which ${contentType} must be`;
  return complain("data_base64", `does not hold valid JSON${advice}`);
}

/** The data of an event whose attributes are headers: the body itself. */
export function binaryData(body: Buffer, declared: string | undefined): Parsed<CloudData> {
  if (body.length === 0 && (declared === undefined || isJson(declared))) {
    return { ok: true, value: { bytes: NOTHING, contentType: DEFAULT_TYPE } };
  }
  const type = dataType(declared?.trim(), () =>
    bad(refusal("unsupported_media_type", "Content-Type must be the media type of the event's data")),
  );
  if (!type.ok) return type;
  if (declared === undefined) {
    return bad(refusal("unsupported_media_type", "Send the header Content-Type: what the event's data is"));
  }
  if (isJson(type.value)) {
    const parsed = parseJsonBytes(body);
    if (!parsed.ok) return parsed;
  }
  return { ok: true, value: { bytes: body, contentType: type.value } };
}
