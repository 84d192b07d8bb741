import type { Call } from "./call.ts";
import { atPath, type Fields, formFields, isForm, jsonFields, type Reading, textOf } from "./reading.ts";
import type { Settings } from "./settings.ts";

/** Where most senders say what happened, when nobody says otherwise. */
const USUAL_TYPES = ["type", "event", "event_type", "topic", "action", "hook"];

/** What a sender without a form of its own says: at the places the source names, else at the usual ones. */
export function configuredReading(call: Call, { typeAt, idAt }: Settings): Reading {
  const read = readerOf(call);
  return { type: typeAt ? read(typeAt) : firstOf(read), id: idAt ? read(idAt) : null };
}

/** @param place `header:x-name`, or a dotted path in a JSON body, or a form's field */
type Read = (place: string) => string | null;

function firstOf(read: Read): string | null {
  for (const place of USUAL_TYPES) {
    const value = read(place);
    if (value !== null) return value;
  }
  return null;
}

/** The body is parsed once, however many places are looked at: a large one takes its time. */
function readerOf(call: Call): Read {
  let form: URLSearchParams | undefined;
  let fields: Fields | undefined;
  return (place) => {
    if (place.startsWith("header:")) return call.headers.get(place.slice(7).toLowerCase()) || null;
    if (isForm(call)) {
      form ??= formFields(call);
      return form.get(place) || null;
    }
    fields ??= jsonFields(call);
    return textOf(atPath(fields, place));
  };
}
