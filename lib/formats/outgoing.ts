/** A stored event, as every format gets it. */
export type FormattedEvent = {
  /** The event's outside id. */
  id: string;
  type: string;
  occurredAt: Date;
  payload: Buffer;
  contentType: string;
  customer: string | null;
  /** Where events of this workspace come from, as a URI reference. */
  source: string;
  /** The event's page, for people; null where there is none. */
  link: string | null;
};

export type Formatted = {
  contentType: string;
  body: Buffer;
  /** Headers that travel on from the source it came from, by lower-case name. */
  forwarded?: [string, string][];
};

/** What a receiver answered, as far as its meaning is in it. */
export type Answer = { statusCode: number; body: string };

/** What an answer really means. `gone`: it wants nothing more, ever. */
export type Judgement = { ok: boolean; detail: string; gone: boolean };

/** How events look on the wire. The payload is spliced in where it can be, and parsed only where its fields are needed. */
export type OutgoingFormat = {
  one: (event: FormattedEvent) => Formatted;
  /** Several events in one request; absent where the receiver takes one at a time. */
  many?: (events: FormattedEvent[]) => Formatted;
  /** The meaning of an answer beyond its status; null when the status says it all. */
  judge?: (answer: Answer) => Judgement | null;
  /** What the receiving service takes in the long run. */
  pace?: { perSecond: number; burst: number };
  /** Where requests go, when that is not quite the URL people paste. */
  target?: (url: URL) => URL;
  /** Whoever knows the URL may post: it is shown like a password. */
  secretUrl?: true;
};
