// How the built-in receiver answers: as told, so that retries, pauses and circuits can be seen working.

export type ReceiverAnswer = {
  status: number;
  /** Before it answers, whatever it answers. */
  delayMs: number;
  /** So many first calls of each event fail. */
  failures: number;
  /** Beyond those, so many of a hundred calls fail. */
  failPercent: number;
  failStatus: number;
  /** Said with whatever is no success; null = not said. */
  retryAfterSeconds: number | null;
  hugeBody: boolean;
  /** Closes the connection instead of answering. */
  closes: boolean;
};

export const ALWAYS_OK: ReceiverAnswer = {
  status: 200,
  delayMs: 0,
  failures: 0,
  failPercent: 0,
  failStatus: 500,
  retryAfterSeconds: null,
  hugeBody: false,
  closes: false,
};

/** Ways of answering that are worth a click. */
export const PRESETS = {
  ok: { label: "always 200", answer: ALWAYS_OK },
  "fail-then-ok": { label: "500, then 200", answer: { ...ALWAYS_OK, failures: 1 } },
  flaky: { label: "503 for half of the calls", answer: { ...ALWAYS_OK, failPercent: 50, failStatus: 503 } },
  error: { label: "always 500", answer: { ...ALWAYS_OK, status: 500 } },
  slow: { label: "200 after 3 s", answer: { ...ALWAYS_OK, delayMs: 3_000 } },
  hangs: { label: "no answer for 30 s", answer: { ...ALWAYS_OK, delayMs: 30_000 } },
  busy: { label: "429, Retry-After 10 s", answer: { ...ALWAYS_OK, status: 429, retryAfterSeconds: 10 } },
  gone: { label: "410 Gone", answer: { ...ALWAYS_OK, status: 410 } },
  huge: { label: "200 with 1 MiB", answer: { ...ALWAYS_OK, hugeBody: true } },
  closes: { label: "closes the connection", answer: { ...ALWAYS_OK, closes: true } },
} as const satisfies Record<string, { label: string; answer: ReceiverAnswer }>;
export type Preset = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as [Preset, ...Preset[]];

/** The preset that this is, or null when somebody has set it by hand. */
export function presetOf(answer: ReceiverAnswer): Preset | null {
  const keys = Object.keys(ALWAYS_OK) as (keyof ReceiverAnswer)[];
  const same = (preset: Preset) => keys.every((key) => PRESETS[preset].answer[key] === answer[key]);
  return PRESET_NAMES.find(same) ?? null;
}

/** What one call gets; `status` null = the connection is closed. */
export type Reaction = { status: number | null; delayMs: number; retryAfterSeconds: number | null; hugeBody: boolean };

/** @param before how often this event was here before */
export function reactionTo(answer: ReceiverAnswer, before: number, random: () => number = Math.random): Reaction {
  const { delayMs, hugeBody, closes } = answer;
  const fails = before < answer.failures || random() * 100 < answer.failPercent;
  const status = fails ? answer.failStatus : answer.status;
  const isSuccess = status >= 200 && status < 300;
  return {
    status: closes ? null : status,
    delayMs,
    retryAfterSeconds: isSuccess ? null : answer.retryAfterSeconds,
    hugeBody,
  };
}
