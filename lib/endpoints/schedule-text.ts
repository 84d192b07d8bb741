// A retry schedule as people write and read it: the waits before each retry, `5s, 5m, 30m, 2h`.

const UNIT_SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
type Unit = keyof typeof UNIT_SECONDS;

/** Seconds per wait, or null when a part is not a whole number with a unit. A bare number counts seconds. */
export function parseSchedule(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  const waits = parts.map(parseWait);
  return waits.every((wait) => wait !== null) ? waits : null;
}

function parseWait(part: string): number | null {
  const match = /^(\d{1,7})([smhd])?$/.exec(part.toLowerCase());
  if (!match) return null;
  return Number(match[1]) * UNIT_SECONDS[(match[2] ?? "s") as Unit];
}

export function formatSchedule(waits: readonly number[]): string {
  return waits.map((wait) => formatWait(wait)).join(", ");
}

/** A stored schedule as its field shows it. */
export function scheduleText(schedule: readonly number[] | null): string {
  return schedule === null ? "" : formatSchedule(schedule) || "none";
}

function formatWait(seconds: number): string {
  const unit = (["h", "m"] as const).find((each) => seconds > 0 && seconds % UNIT_SECONDS[each] === 0) ?? "s";
  return `${seconds / UNIT_SECONDS[unit]}${unit}`;
}

/** "10 attempts over 3 days". The first attempt is made at once. */
export function describeSchedule(waits: readonly number[]): string {
  if (waits.length === 0) return "1 attempt, no retries";
  return `${waits.length + 1} attempts over ${describeSpan(waits.reduce((sum, wait) => sum + wait, 0))}`;
}

const SPANS: [Unit, string][] = [
  ["d", "day"],
  ["h", "h"],
  ["m", "min"],
  ["s", "s"],
];

/** A span in its largest unit that it fills at least twice, rounded: 51 min, 5 h, 3 days. */
function describeSpan(seconds: number): string {
  const [unit, word] = SPANS.find(([each]) => seconds >= 2 * UNIT_SECONDS[each]) ?? ["s", "s"];
  const count = Math.round(seconds / UNIT_SECONDS[unit]);
  return `${count}\u00a0${word}${word === "day" ? "s" : ""}`;
}

/** When each attempt would be made if the first one failed now; jitter of ±10 % left out. */
export function attemptTimes(waits: readonly number[], now: Date): Date[] {
  const times = [now];
  for (const wait of waits) times.push(new Date((times.at(-1) ?? now).getTime() + wait * 1000));
  return times;
}
