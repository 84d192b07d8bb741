import type { Call } from "../providers/call.ts";
import type { ProviderName } from "../providers/names.ts";
import { providerOf } from "../providers/registry.ts";
import type { RequestFault } from "./states.ts";
import { intermediaryOf, senderOf } from "./telling-headers.ts";

/** A piece of a sentence: words, what a machine said, a moment, or another source. */
export type Piece = string | { code: string } | { at: Date } | { sourceId: string; name: string };

/** The one thing that puts it right. */
export type Remedy = "add_secret" | "edit_source" | "reverify" | "open_other" | "elsewhere";

export type Diagnosis = {
  /** Short enough for a chip. */
  label: string;
  why: string;
  /** Facts; a guess says "probably". */
  evidence: Piece[][];
  next: Piece[];
  remedy: Remedy;
};

/** The other refused requests of the same source that ended alike. */
export type Alike = {
  count: number;
  atLeast: boolean;
  since: Date;
  /** Their types; null when there are too many to say. */
  types: string[] | null;
  /** Requests of other types were accepted since then. */
  othersVerify: boolean;
};

export type Refused = { provider: ProviderName; call: Call; fault: RequestFault; alike: Alike | null };

/** A diagnosis without its chip. */
export type Told = Omit<Diagnosis, "label">;

export function otherSender({ call, provider }: Refused): Piece[][] {
  const sender = senderOf(call);
  return sender === null || sender === provider
    ? []
    : [[`Its headers are those of ${labelOf(sender)}, and this source is for ${labelOf(provider)}.`]];
}

/** What stood in the way, which explains most of what happens there. */
export function passedThrough(call: Call): Piece[][] {
  const between = intermediaryOf(call);
  return between ? [[`It came through ${between.name}, which shows itself as `, { code: between.header }, "."]] : [];
}

export function addSecret(provider: ProviderName): Piece[] {
  const words = providerOf(provider).secret;
  if (!words) return ["Look who calls this URL."];
  return [`Add the ${lowerFirst(words.label)} (${lowerFirst(words.hint)}); the ones this source has stay accepted.`];
}

export function spanOf(seconds: number): string {
  const span = Math.abs(seconds);
  if (span < 600) return `${span} s`;
  if (span < 7_200) return `${Math.round(span / 60)} min`;
  return span < 172_800 ? `${Math.round(span / 3_600)} h` : `${Math.round(span / 86_400)} days`;
}

export const labelOf = (provider: ProviderName) => providerOf(provider).label;
const lowerFirst = (text: string) => (/^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);
export const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
