/** One inbound call as the door received it. */
export type Call = {
  method: string;
  /** The source's public URL as it was pasted at the provider, with the query string that came. */
  url: string;
  /** By lower-case name; repeated ones joined by `, `. */
  headers: ReadonlyMap<string, string>;
  /** The raw bytes: what is signed is signed over these. */
  body: Buffer;
  receivedAt: Date;
};

/** Why a call is not believed. In words: lib/sources. */
export type Fault =
  /** What should prove it is not there. */
  | { code: "header_missing"; header: string }
  /** It is there, and not of the provider's form. */
  | { code: "header_malformed"; header: string }
  /** Its time is further from ours than allowed; `seconds` behind ours, negative when ahead. */
  | { code: "clock"; seconds: number }
  /** No active secret gives this signature, password or token. */
  | { code: "mismatch" }
  /** Signed, but not over the body. */
  | { code: "body_not_signed" }
  /** The source has no secret yet. */
  | { code: "no_secret" }
  /** A token that is of the right form and not acceptable, such as an expired one. */
  | { code: "token"; why: string };

/** Whether a call is believed, and which of the source's secrets, from 0, proved it; null = there is nothing to prove. */
export type Proof = { proven: true; secret: number | null } | { proven: false; fault: Fault };

export const refuse = (fault: Fault): Proof => ({ proven: false, fault });

/** Both sides of our clock. */
export const TOLERANCE_SECONDS = 300;

/** Proven by the first secret that passes the test. */
export function provenBy(secrets: readonly string[], test: (secret: string) => boolean): Proof {
  if (secrets.length === 0) return refuse({ code: "no_secret" });
  const secret = secrets.findIndex(test);
  return secret === -1 ? refuse({ code: "mismatch" }) : { proven: true, secret };
}

/** The fault of a time that is too far from ours, or null. @param seconds since 1970, as text */
export function clockFault(call: Call, seconds: string, header: string): Fault | null {
  if (!/^\d{1,12}$/.test(seconds)) return { code: "header_malformed", header };
  const behind = Math.round(call.receivedAt.getTime() / 1_000 - Number(seconds));
  return Math.abs(behind) > TOLERANCE_SECONDS ? { code: "clock", seconds: behind } : null;
}
