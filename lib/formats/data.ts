import { isJson } from "./content-type.ts";

/** The payload as a JSON value: itself when it is JSON, else its text. */
export function jsonValue(payload: Buffer, contentType: string): Buffer {
  return isJson(contentType) ? payload : Buffer.from(JSON.stringify(payload.toString()));
}

/** JSON values as one JSON array, byte for byte. */
export function jsonArray(values: Buffer[]): Buffer {
  return Buffer.concat([OPEN, ...values.flatMap((value, index) => (index === 0 ? [value] : [COMMA, value])), CLOSE]);
}

const OPEN = Buffer.from("[");
const COMMA = Buffer.from(",");
const CLOSE = Buffer.from("]");
