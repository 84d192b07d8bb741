import type { Call } from "./call.ts";
import { atPath, formFields, isForm, jsonFields, type Reading, textOf } from "./reading.ts";
import type { Settings } from "./settings.ts";

/** Where most senders say what happened, when nobody says otherwise. */
const USUAL_TYPES = ["type", "event", "event_type", "topic", "action", "hook"];

/** What a sender without a form of its own says: at the places the source names, else at the usual ones. */
export function configuredReading(call: Call, { typeAt, idAt }: Settings): Reading {
  const type = typeAt ? valueAt(call, typeAt) : firstOf(call, USUAL_TYPES);
  return { type, id: idAt ? valueAt(call, idAt) : null };
}

function firstOf(call: Call, places: string[]): string | null {
  for (const place of places) {
    const value = valueAt(call, place);
    if (value !== null) return value;
  }
  return null;
}

/** @param place `header:x-name`, or a dotted path in a JSON body, or a form's field */
export function valueAt(call: Call, place: string): string | null {
  if (place.startsWith("header:")) return call.headers.get(place.slice(7).toLowerCase()) || null;
  if (isForm(call)) return formFields(call).get(place) || null;
  return textOf(atPath(jsonFields(call), place));
}
