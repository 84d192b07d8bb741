const BROWSERS = [
  ["Edge", /\bEdg(e|A|iOS)?\//],
  ["Opera", /\bOPR\//],
  ["Firefox", /\b(Firefox|FxiOS)\//],
  ["Chrome", /\b((Headless)?Chrome|CriOS|Chromium)\//],
  ["Safari", /\bSafari\//],
] as const;

const SYSTEMS = [
  ["Android", /Android/],
  ["iOS", /iPhone|iPad|iPod/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS X|Macintosh/],
  ["ChromeOS", /CrOS/],
  ["Linux", /Linux|X11/],
] as const;

/** `Firefox on Linux`: enough for a person to recognise a session of theirs. Order matters: Edge says Chrome as well. */
export function browserName(userAgent: string | null): string {
  if (!userAgent) return "Unknown browser";
  const browser = BROWSERS.find(([, pattern]) => pattern.test(userAgent))?.[0];
  const system = SYSTEMS.find(([, pattern]) => pattern.test(userAgent))?.[0];
  if (!browser) return userAgent.split(/[/ ]/)[0]?.slice(0, 40) || "Unknown browser";
  return system ? `${browser} on ${system}` : browser;
}

/** Whether shortcuts go by the Command key there. */
export function isMac(userAgent: string | null): boolean {
  return /Macintosh|iPhone|iPad|iPod/.test(userAgent ?? "");
}
