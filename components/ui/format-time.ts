const FORMATS = {
  time: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  minute: { hour: "2-digit", minute: "2-digit" },
  day: { day: "numeric", month: "short" },
  "long-day": { day: "numeric", month: "short", year: "numeric" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string, kind: keyof typeof FORMATS): Intl.DateTimeFormat {
  const key = `${zone} ${kind}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", { ...FORMATS[kind], hourCycle: "h23", timeZone: zone });
  formatters.set(key, made);
  return made;
}

/** An IANA zone that this runtime knows, else UTC: the cookie is the browser's word. */
export function knownZone(zone: string | undefined): string {
  if (!zone || zone.length > 64) return "UTC";
  try {
    return formatter(zone, "time") && zone;
  } catch {
    // Intl throws a RangeError for a zone it does not know; times in UTC are still right.
    return "UTC";
  }
}

/** `10:41:02` */
export function clockTime(at: Date, zone: string): string {
  return formatter(zone, "time").format(at);
}

/** `10:41` */
export function clockMinute(at: Date, zone: string): string {
  return formatter(zone, "minute").format(at);
}

/** `318`: milliseconds are the same in every zone. */
export function milliseconds(at: Date): string {
  return String(at.getUTCMilliseconds()).padStart(3, "0");
}

/** `14 Oct`, with the year when it is not this one. */
export function calendarDay(at: Date, zone: string, now = new Date()): string {
  const sameYear =
    formatter(zone, "long-day").format(now).slice(-4) === formatter(zone, "long-day").format(at).slice(-4);
  // en-GB writes "Sept"; the other months have three letters.
  return formatter(zone, sameYear ? "day" : "long-day")
    .format(at)
    .replace("Sept", "Sep");
}

/** `UTC`, `CEST`, `GMT+5:30`: what to print beside a time. */
export function zoneName(zone: string, at = new Date()): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "short" }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

/** The same for a column's head, which has less room: `UTC`, `CEST`, `+5:30`. */
export function shortZoneName(zone: string, at = new Date()): string {
  return zoneName(zone, at).replace(/^GMT(?=[+-])/, "");
}

/** `14 Oct 09:14:22 UTC` */
export function fullTime(at: Date, zone: string, now = new Date()): string {
  return `${calendarDay(at, zone, now)} ${clockTime(at, zone)} ${zoneName(zone, at)}`;
}
