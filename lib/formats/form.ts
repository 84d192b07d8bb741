import type { OutgoingFormat } from "./outgoing.ts";
import { fromText, isNested, type ParsedEvent, scalarText } from "./parsed-event.ts";

/** A long key above many values is repeated before each of them. */
const MAX_CHARACTERS = 8 * 1_024 * 1_024;

/** Fields as an HTML form sends them; nested ones in brackets: `data[lines][0][sku]=A-1`. */
export const form: OutgoingFormat = { one: fromText("application/x-www-form-urlencoded", formText) };

export function formText({ id, type, timestamp, data }: ParsedEvent): string {
  const fields: [string, string][] = [
    ["id", id],
    ["type", type],
    ["timestamp", timestamp],
  ];
  addFields({ fields, room: MAX_CHARACTERS }, "data", data);
  return new URLSearchParams(fields).toString();
}

type Written = { fields: [string, string][]; room: number };

/** @throws when there would be more than a receiver could take */
function addFields(written: Written, name: string, value: unknown): void {
  const inner = isNested(value) ? Object.entries(value) : [];
  for (const [key, one] of inner) addFields(written, `${name}[${key}]`, one);
  if (inner.length > 0) return;
  // What is empty stays visible as a field without a value.
  const text = isNested(value) ? "" : scalarText(value);
  written.room -= name.length + text.length;
  if (written.room < 0) throw new Error("it would be over 8 MiB");
  written.fields.push([name, text]);
}
