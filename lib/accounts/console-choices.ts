/** How a person wants the console to look and behave; one cookie each, so that the server renders with it. */
export type ConsoleChoices = {
  theme: "system" | "light" | "dark";
  /** The IANA zone that times are written in. */
  zone: string;
  /** Lists with the time of day, or with how long ago it was. */
  times: "clock" | "relative";
  density: "comfortable" | "compact";
  /** Whether single keys are shortcuts. */
  keys: boolean;
  /** Whether charts and links are told apart without their colours. */
  patterns: boolean;
};

export type ChoiceName = keyof ConsoleChoices;

export const THEMES = ["system", "light", "dark"] as const;
export const TIMES = ["clock", "relative"] as const;
export const DENSITIES = ["comfortable", "compact"] as const;

/** The names of the cookies. */
export const CHOICE_COOKIES = {
  theme: "theme",
  zone: "tz",
  times: "times",
  density: "density",
  keys: "keys",
  patterns: "patterns",
} satisfies Record<ChoiceName, string>;

const MAX_ZONE_LENGTH = 64;

/** Whether this runtime knows the zone; the browser that names one may know others. */
export function isZone(name: string): boolean {
  if (name.length > MAX_ZONE_LENGTH) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    // Intl throws a RangeError for a zone it does not know.
    return false;
  }
}

/** The choices that texts stand for; whatever is missing or unknown takes its default. */
export function choicesFrom(read: (cookie: string) => string | undefined): ConsoleChoices {
  const text = (name: ChoiceName) => read(CHOICE_COOKIES[name]);
  const zone = text("zone") ?? "";
  return {
    theme: THEMES.find((known) => known === text("theme")) ?? "system",
    zone: isZone(zone) ? zone : "UTC",
    times: TIMES.find((known) => known === text("times")) ?? "clock",
    density: DENSITIES.find((known) => known === text("density")) ?? "comfortable",
    keys: text("keys") !== "off",
    patterns: text("patterns") === "on",
  };
}

/** The text that a choice is kept as. */
export function choiceText(value: string | boolean): string {
  if (typeof value === "string") return value;
  return value ? "on" : "off";
}
