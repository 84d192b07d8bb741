import type { LucideIcon } from "lucide-react";
import { Check, CircleSlash, Clock, CopyCheck, FileWarning, Handshake, Inbox, ShieldOff, ShieldX } from "lucide-react";
import type { Tone } from "@/components/ui/badge";
import { formatDuration } from "@/components/ui/format";
import { idTime } from "@/lib/ids.ts";
import type { ProviderName } from "@/lib/providers/names.ts";
import type { RequestRow } from "@/lib/reports/requests.ts";
import { faultLabel } from "@/lib/sources/diagnosis.ts";
import { traitsOf } from "@/lib/sources/provider-fields.ts";
import type { RequestFault, Verdict } from "@/lib/sources/states.ts";

type Look = { word: string; tone: Tone; icon: LucideIcon };

const FAULT_ICONS = {
  header_missing: ShieldOff,
  header_malformed: ShieldX,
  clock: Clock,
  mismatch: ShieldX,
  body_not_signed: ShieldX,
  no_secret: ShieldOff,
  token: ShieldX,
  address: ShieldX,
  unparsable: FileWarning,
} satisfies Record<RequestFault["code"], LucideIcon>;

/** A verdict by itself, such as in a filter. */
export const VERDICT_WORDS: Record<Verdict | "quarantined", string> = {
  accepted: "Accepted",
  duplicate: "Duplicate",
  refused: "Refused",
  unparsable: "Unparsable",
  handshake: "Handshake",
  quarantined: "Quarantined",
};

type Judged = Pick<RequestRow, "verdict" | "fault" | "acceptedAt" | "deliveries" | "eventIds">;
/** What the source is, as far as words depend on it. */
export type SourceFacts = { provider: ProviderName; hasEndpoints: boolean };

/** The chip of a request: the verdict, or the reason for it. */
export function verdictLook(request: Judged, { provider, hasEndpoints }: SourceFacts): Look {
  switch (request.verdict) {
    case "accepted":
      return acceptedLook(request, provider, hasEndpoints);
    case "duplicate":
      return { word: "Duplicate", tone: "idle", icon: CopyCheck };
    case "handshake":
      return { word: "Handshake", tone: "idle", icon: Handshake };
    case "unparsable":
      return { word: "Unparsable", tone: "warn", icon: FileWarning };
    default:
      return {
        word: faultLabel(request.fault, provider),
        tone: "bad",
        icon: FAULT_ICONS[request.fault?.code ?? "mismatch"],
      };
  }
}

function acceptedLook(request: Judged, provider: ProviderName, hasEndpoints: boolean): Look {
  // Where nothing is connected yet, nothing is missing: the source is for looking at what comes.
  if (hasEndpoints && isUnrouted(request)) return { word: "No route", tone: "idle", icon: CircleSlash };
  if (request.acceptedAt) {
    return { word: request.fault ? "Accepted later" : "Processed again", tone: "plain", icon: Check };
  }
  return provider === "unsigned"
    ? { word: "Received", tone: "plain", icon: Inbox }
    : { word: "Verified", tone: "plain", icon: Check };
}

/** It became an event that no endpoint wanted. */
export function isUnrouted({ verdict, deliveries, eventIds }: Judged): boolean {
  return verdict === "accepted" && deliveries === 0 && eventIds.length > 0;
}

/** What a row says after its answer: `2 deliveries`, `seen 1 s before`, `not JSON`; null when there is nothing to say. */
export function outcomeWords(request: RequestRow, { provider, hasEndpoints }: SourceFacts): string | null {
  const { verdict, fault, deliveries, duplicateOf, eventIds } = request;
  if (verdict === "duplicate" && duplicateOf) {
    const gapMs = request.receivedAt.getTime() - idTime(duplicateOf).getTime();
    return gapMs > 0 ? `seen ${formatDuration(gapMs)} before` : "seen before";
  }
  if (fault?.code === "unparsable") return fault.why;
  if (fault?.code === "header_missing") return traitsOf(provider).secretInUrl ? "no secret" : `no ${fault.header}`;
  if (fault?.code === "clock") return skewWords(fault.seconds);
  if (verdict !== "accepted" || eventIds.length === 0) return null;
  if (deliveries > 0) return deliveries === 1 ? "1 delivery" : `${deliveries} deliveries`;
  return hasEndpoints ? "no endpoint" : null;
}

/** `6 m behind`, `2 h ahead` */
export function skewWords(seconds: number): string {
  return `${formatDuration(Math.abs(seconds) * 1_000)} ${seconds < 0 ? "ahead" : "behind"}`;
}
