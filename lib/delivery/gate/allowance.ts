import type { Circuit, Ordering } from "../../endpoints/states.ts";
import { type Bucket, type Rate, refilled, untilNextToken } from "./token-bucket.ts";

/** Calls on their way at once to an endpoint without a limit of its own; as many as a worker has lines to it. */
export const USUAL_IN_FLIGHT = 64;
/** Of batches, each of which carries many. */
const USUAL_BATCHES_IN_FLIGHT = 4;
/** Deliveries let out in one transaction. */
const MOST_AT_ONCE = 500;

/** After an outage, a slow-down or a pause: so many per second at first, and twice as many each second. */
const RAMP_START_PER_SECOND = 10;
const RAMP_SECONDS = 10;

/** What the releaser knows of an endpoint when its turn comes. Moments in ms. */
export type Gate = {
  ordering: Ordering;
  rateLimit: number | null;
  rateBurst: number | null;
  maxInFlight: number | null;
  batchSize: number | null;
  circuit: Circuit;
  probeAt: number | null;
  slowedUntil: number | null;
  /** When it was last turned on, closed again or no longer slowed. */
  resumedAt: number | null;
  bucket: Bucket;
  /** Let out and not over, those left out that wait for a planned retry. */
  out: number;
  now: number;
};

export type Allowance = {
  /** Deliveries that may go out now. */
  most: number;
  /** Exactly one goes, to find out whether the endpoint works again. */
  probe: boolean;
  /** Nothing that is settled changes the answer before so many ms have passed; null = whatever is settled may. */
  closedForMs: number | null;
  /** The limit that applies now, and what is in its bucket; null = none does. */
  rate: Rate | null;
  tokens: number;
};

/** How many deliveries of an endpoint may go out now. */
export function allowanceOf(gate: Gate): Allowance {
  const { now, slowedUntil, circuit, probeAt, out } = gate;
  const rate = rateOf(gate);
  const tokens = rate ? refilled(gate.bucket, rate, now) : 0;
  const closed = (closedForMs: number | null) => ({ most: 0, probe: false, closedForMs, rate, tokens });
  if (circuit === "open" && probeAt !== null && probeAt > now) return closed(probeAt - now);
  if (circuit !== "closed") {
    // One whose probe has vanished (discarded by somebody) gets another.
    return out > 0 ? closed(null) : { most: 1, probe: true, closedForMs: null, rate: null, tokens };
  }
  if (slowedUntil !== null && slowedUntil > now) return closed(slowedUntil - now);
  const room = Math.min(roomOf(gate), MOST_AT_ONCE);
  if (room <= 0) return closed(null);
  if (rate && tokens < 1) return closed(untilNextToken(tokens, rate));
  return { most: rate ? Math.min(room, Math.floor(tokens)) : room, probe: false, closedForMs: null, rate, tokens };
}

/** Of a batch endpoint, a call is a batch: what is out stands for at least so many of them. */
function roomOf({ maxInFlight, batchSize, out }: Gate): number {
  if (batchSize === null) return (maxInFlight ?? USUAL_IN_FLIGHT) - out;
  const calls = maxInFlight ?? USUAL_BATCHES_IN_FLIGHT;
  return (calls - Math.ceil(out / batchSize)) * batchSize;
}

function rateOf({ rateLimit, rateBurst, resumedAt, now }: Gate): Rate | null {
  const ramp = rampAt(resumedAt === null ? null : (now - resumedAt) / 1_000);
  const own = rateLimit === null ? null : { perSecond: rateLimit, burst: rateBurst ?? Math.max(1, rateLimit) };
  if (!ramp || !own) return ramp ?? own;
  return { perSecond: Math.min(ramp.perSecond, own.perSecond), burst: Math.min(ramp.burst, own.burst) };
}

function rampAt(secondsSince: number | null): Rate | null {
  if (secondsSince === null || secondsSince < 0 || secondsSince >= RAMP_SECONDS) return null;
  const perSecond = RAMP_START_PER_SECOND * 2 ** secondsSince;
  return { perSecond, burst: Math.max(1, perSecond / 4) };
}
