import { z } from "zod";
import { endpointInput } from "../endpoints/input.ts";
import { PRESET_NAMES } from "./answer.ts";

/** As long as the longest time an endpoint may allow a delivery. */
const MOST_DELAY_MS = 60_000;
const MOST_FAILURES = 20;
const MOST_RETRY_AFTER_SECONDS = 3_600;
/** Demo events of one press. */
export const MOST_DEMO_EVENTS = 100;

const whole = (least: number, most: number, unit: string) =>
  z
    .int(`Give a whole number${unit}`)
    .min(least, `Give at least ${least}${unit}`)
    .max(most, `Give at most ${most}${unit}`);

export const receiverAnswerInput = z.object({
  status: whole(200, 599, "").default(200),
  delayMs: whole(0, MOST_DELAY_MS, " ms").default(0),
  failures: whole(0, MOST_FAILURES, "").default(0),
  failPercent: whole(0, 100, " %").default(0),
  failStatus: whole(400, 599, "").default(500),
  retryAfterSeconds: whole(1, MOST_RETRY_AFTER_SECONDS, " s").nullable().default(null),
  hugeBody: z.boolean().default(false),
  closes: z.boolean().default(false),
});

export const presetInput = z.object({ preset: z.enum(PRESET_NAMES) });

/** Which real events it gets as well, as an endpoint's subscriptions. */
export const receiverEventsInput = z.object({ subscriptions: endpointInput.shape.subscriptions });

export const demoEventsInput = z.object({
  count: whole(1, MOST_DEMO_EVENTS, "").default(1),
  /** Counted in every figure, and by the circuit. */
  real: z.boolean().default(false),
});
