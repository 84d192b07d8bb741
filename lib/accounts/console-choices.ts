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

const ZONE = /^[A-Za-z0-9_+/-]{1,64}$/;

/** The choices that texts stand for; whatever is missing or unknown takes its default. */
export function choicesFrom(read: (cookie: string) => string | undefined): ConsoleChoices {
  const text = (name: ChoiceName) => read(CHOICE_COOKIES[name]);
  return {
    theme: THEMES.find((known) => known === text("theme")) ?? "system",
    zone: ZONE.test(text("zone") ?? "") ? (text("zone") ?? "UTC") : "UTC",
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
