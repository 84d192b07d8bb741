import { answerWord } from "@/lib/delivery/outcome-words.ts";
import type { TlsFacts, TrialAnswer } from "@/lib/playground/trial-result.ts";
import type { Verification } from "@/lib/playground/verify-endpoint.ts";
import { formatDuration } from "../ui/format";

/** What the form shows of a verification, in words. */
export type VerificationView = {
  good: boolean;
  /** `10:41:22 UTC` */
  at: string;
  url: string;
  title: string;
  /** What is worth knowing beyond the title. */
  detail: string | null;
  latency: string;
  tls: string;
  redirect: string;
  address: string;
};

const DAY_MS = 86_400_000;
/** A certificate that ends sooner is worth a word. */
const SOON_DAYS = 14;
const REFUSALS = [401, 403];

export function verificationView({ at, url, answer, knownSecret }: Verification): VerificationView {
  const good = answer.outcome === "success";
  return {
    good,
    at: `${at.toISOString().slice(11, 19)} UTC`,
    url,
    title: titleOf(answer),
    detail: detailOf(answer, knownSecret),
    latency: answer.statusCode === null ? "no answer" : formatDuration(answer.totalMs),
    tls: url.startsWith("https:") ? tlsWords(answer, at) : "none, plain http",
    redirect: answer.redirectTo ? `to ${answer.redirectTo}` : answer.statusCode === null ? "–" : "none",
    address: addressWords(answer),
  };
}

function titleOf({ outcome, statusCode, totalMs }: TrialAnswer): string {
  if (outcome === "success") return `Answered ${statusCode} to a signed ping`;
  if (outcome === "redirect") return `Answered ${statusCode}, a redirect: deliveries would fail`;
  if (statusCode !== null) return `Answered ${statusCode}: deliveries would fail`;
  if (outcome === "timeout") return `No answer within ${formatDuration(totalMs)}`;
  return `Not reached: ${answerWord(outcome, null)}`;
}

function detailOf({ outcome, statusCode, detail, redirectTo }: TrialAnswer, knownSecret: boolean): string | null {
  if (redirectTo) return "Redirects are never followed: give the URL it leads to.";
  if (!knownSecret && statusCode !== null && REFUSALS.includes(statusCode)) {
    return "A receiver that checks signatures refuses this ping: the endpoint has no secret yet, so it was signed with one made for this call. Create it, give its secret to the receiver, then verify again on its edit page.";
  }
  return outcome === "success" && detail === null ? null : detail;
}

function tlsWords({ tls, outcome }: TrialAnswer, now: Date): string {
  if (!tls) return outcome === "tls" ? "refused" : "not reached";
  const version = tls.protocol?.replace(/^TLSv/, "") ?? "unknown version";
  return [version, validity(tls, now)].filter(Boolean).join(", ");
}

function validity({ validFrom, validTo }: TlsFacts, now: Date): string | null {
  if (validFrom && Date.parse(validFrom) > now.getTime()) return `not valid before ${day(validFrom)}`;
  if (!validTo) return null;
  const daysLeft = (Date.parse(validTo) - now.getTime()) / DAY_MS;
  if (daysLeft < 0) return `expired on ${day(validTo)}`;
  return daysLeft < SOON_DAYS ? `only until ${day(validTo)}` : `valid until ${day(validTo)}`;
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

function day(iso: string): string {
  return DAY.format(new Date(iso));
}

function addressWords({ remoteAddress, isPublic, outcome }: TrialAnswer): string {
  if (!remoteAddress) return outcome === "blocked" ? "refused by Posthorn" : "–";
  return `${remoteAddress}, ${isPublic ? "public" : "private"}`;
}
