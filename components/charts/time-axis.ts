import { calendarDay, clockMinute, zoneName } from "../ui/format-time";

export type TimeTick = { at: Date /** Along the axis, 0 to 1. */; position: number; label: string };

const DAY_MINUTES = 1_440;
/** Round distances between labels, in minutes. */
const DISTANCES = [10, 30, 60, 120, 240, 360, 720, DAY_MINUTES, 5 * DAY_MINUTES, 10 * DAY_MINUTES];
const MOST_LABELS = 7;
/** Labels nearer to an end than this share of the axis would touch its label. */
const MARGIN = 0.12;

/** Labels at round times in the reader's zone; the first names the day and the zone, the last is where the axis ends. */
export function timeTicks(from: Date, to: Date, zone: string): TimeTick[] {
  const length = to.getTime() - from.getTime();
  const minutes = length / 60_000;
  const distance = DISTANCES.find((each) => minutes / each <= MOST_LABELS) ?? 30 * DAY_MINUTES;
  const between = roundTimes(from, to, distance, zone)
    .map((at) => ({ at, position: (at.getTime() - from.getTime()) / length, label: tickLabel(at, distance, zone) }))
    .filter(({ position }) => position > MARGIN * 1.4 && position < 1 - MARGIN / 1.5);
  const start = distance >= DAY_MINUTES ? "" : ` ${clockMinute(from, zone)}`;
  return [
    { at: from, position: 0, label: `${calendarDay(from, zone, to)}${start} ${zoneName(zone, from)}` },
    ...between,
    { at: to, position: 1, label: distance >= DAY_MINUTES ? calendarDay(to, zone, to) : clockMinute(to, zone) },
  ];
}

/** Every moment in the range whose clock in that zone is a multiple of the distance; days count from midnight there. */
function roundTimes(from: Date, to: Date, distance: number, zone: string): Date[] {
  const times: Date[] = [];
  const stepMs = Math.min(distance, 30) * 60_000;
  let days = 0;
  for (let at = Math.ceil(from.getTime() / stepMs) * stepMs; at < to.getTime(); at += stepMs) {
    const minute = minuteOfDay(new Date(at), zone);
    if (minute % Math.min(distance, DAY_MINUTES) !== 0) continue;
    if (distance > DAY_MINUTES && days++ % (distance / DAY_MINUTES) !== 0) continue;
    times.push(new Date(at));
  }
  return times;
}

function tickLabel(at: Date, distance: number, zone: string): string {
  const midnight = minuteOfDay(at, zone) === 0;
  return midnight || distance >= DAY_MINUTES ? calendarDay(at, zone, at) : clockMinute(at, zone);
}

function minuteOfDay(at: Date, zone: string): number {
  const [hour, minute] = clockMinute(at, zone).split(":");
  return Number(hour) * 60 + Number(minute);
}
