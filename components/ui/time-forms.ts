import { formatRelative } from "./format";
import { fullTime, milliseconds } from "./format-time";

export type TimeForm = { name: string; text: string };

/** One moment in every form somebody may need it in; the reader's own zone first. */
export function timeForms(at: Date, zones: { chosen: string; local: string }, now: Date): TimeForm[] {
  const inZone = (name: string, zone: string) => ({ name, text: withMilliseconds(fullTime(at, zone, now), at) });
  const others = [...new Set([zones.chosen, zones.local])].filter((zone) => zone !== "UTC");
  return [
    { name: "Relative", text: formatRelative(at, now) },
    ...others.map((zone) => inZone(zone === zones.local ? "Local" : zone.replaceAll("_", " "), zone)),
    inZone("UTC", "UTC"),
    { name: "ISO 8601", text: at.toISOString() },
    { name: "Unix ms", text: String(at.getTime()) },
  ];
}

function withMilliseconds(text: string, at: Date): string {
  return text.replace(/\d\d:\d\d:\d\d/, (clock) => `${clock}.${milliseconds(at)}`);
}
