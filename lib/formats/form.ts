import type { OutgoingFormat } from "./outgoing.ts";
import { fromText, isNested, type ParsedEvent, scalarText } from "./parsed-event.ts";

/** As it goes out. A long key above many values is repeated before each of them, and escaped every time. */
const MAX_CHARACTERS = 8 * 1_024 * 1_024;

/** Fields as an HTML form sends them; nested ones in brackets: `data[lines][0][sku]=A-1`. */
export const form: OutgoingFormat = { one: fromText("application/x-www-form-urlencoded", formText) };

export function formText({ id, type, timestamp, data }: ParsedEvent): string {
  const written: Written = { fields: [], room: MAX_CHARACTERS };
  addField(written, "id", id);
  addField(written, "type", type);
  addField(written, "timestamp", timestamp);
  addFields(written, "data", data);
  return written.fields.join("&");
}

type Written = { fields: string[]; room: number };

function addFields(written: Written, name: string, value: unknown): void {
  const inner = isNested(value) ? Object.entries(value) : [];
  for (const [key, one] of inner) addFields(written, `${name}[${key}]`, one);
  // What is empty stays visible as a field without a value.
  if (inner.length === 0) addField(written, name, isNested(value) ? "" : scalarText(value));
}

/** @throws when there would be more than a receiver could take */
function addField(written: Written, name: string, text: string): void {
  const field = new URLSearchParams([[name, text]]).toString();
  written.room -= field.length + 1;
  if (written.room < 0) throw new Error("it would be over 8 MiB");
  written.fields.push(field);
}
