const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/;
const DAY_MS = 86_400_000;

/**
 * The moment at which a zone's clocks show a time, written as date fields give it; null for anything else. Of a time
 * that comes twice the first, of one that is skipped the moment after the gap.
 */
export function momentIn(zone: string, local: string): Date | null {
  const asUtc = LOCAL.test(local) ? new Date(`${local}Z`).getTime() : Number.NaN;
  if (Number.isNaN(asUtc)) return null;
  // The zone's offsets around it: clocks change by one of the two.
  const [before, after] = [offsetAt(zone, asUtc - DAY_MS), offsetAt(zone, asUtc + DAY_MS)];
  const moments = [before, after].map((offset) => asUtc - offset).filter((at) => at + offsetAt(zone, at) === asUtc);
  return new Date(moments.length > 0 ? Math.min(...moments) : asUtc - before);
}

/** What a zone's clocks show then, as a date field takes it. */
export function localTime(zone: string, at: Date): string {
  return new Date(at.getTime() + offsetAt(zone, at.getTime())).toISOString().slice(0, 16);
}

/** By how many milliseconds a zone's clocks are ahead of UTC. */
function offsetAt(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(at);
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(
    value("year"),
    value("month") - 1,
    value("day"),
    value("hour"),
    value("minute"),
    value("second"),
  );
  return shown - Math.floor(at / 1_000) * 1_000;
}
