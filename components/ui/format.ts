/** Between a number and its unit: never broken across lines. */
const NBSP = "\u00a0";
/** Between thousands. */
const NARROW = "\u202f";

const NUMBER = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** `12 418`, grouped by a narrow no-break space. */
export function formatNumber(value: number): string {
  return NUMBER.formatToParts(value)
    .map((part) => (part.type === "group" ? NARROW : part.value))
    .join("");
}

/** `98.94 %` of a share between 0 and 1; never rounded up to 100 % nor down to 0 %. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  const decimals = percent > 99 && percent < 100 ? 2 : 1;
  const step = 10 ** decimals;
  const rounded = Math.round(percent * step) / step;
  const honest = rounded >= 100 && share < 1 ? 100 - 1 / step : rounded <= 0 && share > 0 ? 1 / step : rounded;
  return `${honest}${NBSP}%`;
}

/** `1 delivery`, `41 deliveries`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)}${NBSP}${count === 1 ? one : many}`;
}

const trimmed = (value: number, decimals: number) => String(Number(value.toFixed(decimals)));

/** `84 ms`, `1.24 s`, `16 m 9 s`, `1 h 27 m`, `3 d 4 h`: two units at most. */
export function formatDuration(ms: number): string {
  if (ms < 0) return `−${formatDuration(-ms)}`;
  if (ms < 999.5) return `${Math.round(ms)}${NBSP}ms`;
  const seconds = ms / 1000;
  if (seconds < 9.995) return `${trimmed(seconds, 2)}${NBSP}s`;
  if (seconds < 59.95) return `${trimmed(seconds, 1)}${NBSP}s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return twoUnits(Math.floor(whole / 60), "m", whole % 60, "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 2880) return twoUnits(Math.floor(minutes / 60), "h", minutes % 60, "m");
  const hours = Math.round(seconds / 3600);
  return twoUnits(Math.floor(hours / 24), "d", hours % 24, "h");
}

function twoUnits(first: number, firstUnit: string, second: number, secondUnit: string): string {
  const start = `${formatNumber(first)}${NBSP}${firstUnit}`;
  return second ? `${start}${NBSP}${second}${NBSP}${secondUnit}` : start;
}

/** `148 B`, `1.5 KiB`, `3 MiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes}${NBSP}B`;
  if (bytes < 1024 * 1024) return `${trimmed(bytes / 1024, 1)}${NBSP}KiB`;
  return `${trimmed(bytes / (1024 * 1024), 1)}${NBSP}MiB`;
}

/** `in 4 m`, `19 m ago`, `now`: one unit under a day, since the seconds are wrong a moment later. */
export function formatRelative(at: Date, now: Date): string {
  const ms = at.getTime() - now.getTime();
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds < 1) return "now";
  const span = formatDuration(coarse(seconds) * 1000);
  return ms > 0 ? `in ${span}` : `${span} ago`;
}

function coarse(seconds: number): number {
  if (seconds < 60) return seconds;
  if (seconds < 3600) return Math.round(seconds / 60) * 60;
  if (seconds < 86_400) return Math.round(seconds / 300) * 300;
  return Math.round(seconds / 86_400) * 86_400;
}

/** `dlv_…e7ra91c`: ids made near each other share their first letters, so the last seven tell them apart. */
export function shortId(id: string): string {
  const bar = id.indexOf("_");
  return bar < 0 || id.length < bar + 12 ? id : `${id.slice(0, bar + 1)}…${id.slice(-7)}`;
}

/** Splits a URL so that its host can stand out: `https://` + `api.acme.io` + `/hooks`. */
export function urlParts(url: string): { scheme: string; host: string; path: string } {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)(.*)$/is.exec(url);
  return { scheme: match?.[1] ?? "", host: match?.[2] ?? url, path: match?.[3] ?? "" };
}
