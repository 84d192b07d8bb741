import type { Fault } from "../providers/call.ts";

/** `paused` answers 503, so that providers try again later; `disabled` is as if it were not there. */
export const SOURCE_STATUSES = ["active", "paused", "disabled"] as const;
export type SourceStatus = (typeof SOURCE_STATUSES)[number];

/**
 * What the door found. `refused`: it proved nothing, and waits in quarantine. `unparsable`: proven, and not what the
 * provider's calls look like. `handshake`: part of the set-up and no event.
 */
export const VERDICTS = ["accepted", "duplicate", "refused", "unparsable", "handshake"] as const;
export type Verdict = (typeof VERDICTS)[number];
/** Those kept apart, to be looked at and verified again. */
export const QUARANTINED: readonly Verdict[] = ["refused", "unparsable"];

/** Why a call was not accepted. */
export type RequestFault =
  | Fault
  /** It came from an address outside the source's ranges. */
  | { code: "address" }
  /** The body is not what it says it is, or not what the provider sends. */
  | { code: "unparsable"; why: string };

/** What accepted calls are answered with. */
export type SourceAnswer = { status: number; headers: [string, string][]; body: string };

/** `missing`: the provider says it was sent. `asked`: it was asked to send it again. `imported`: fetched from its API. */
export const MISSING_STATES = ["missing", "asked", "imported", "arrived"] as const;
export type MissingState = (typeof MISSING_STATES)[number];
