import { evidenceLines, onlyThisType } from "@/components/deliveries/evidence-lines";
import type { Sentence } from "@/components/deliveries/sentence";
import { deliveriesPath } from "@/components/shell/paths";
import { formatNumber, urlParts } from "@/components/ui/format";
import type { EndpointDetail } from "@/lib/endpoints/queries.ts";
import { ENDPOINT_FAILING } from "@/lib/endpoints/states.ts";
import { formatId } from "@/lib/ids.ts";
import type { AttemptRow, DeliveryDetail } from "@/lib/reports/delivery.ts";
import { type Diagnosis, why } from "@/lib/reports/diagnosis.ts";
import { ALIKE_STATUSES } from "@/lib/reports/evidence.ts";
import type { LoadedDelivery } from "./load";

/** What is known about why a delivery has not arrived, as words: for its page, the panel, a ticket and a shared link. */
export type Findings = {
  /** Why the last attempt failed; null before the first. */
  cause: Diagnosis | null;
  why: string;
  evidence: Sentence[];
  /** The list of those that ended alike, and how many there are; null when it is the only one. */
  alike: { href: string; query: string; count: string } | null;
};

type Known = Pick<LoadedDelivery, "row" | "endpoint" | "evidence" | "settings">;

export function diagnose({ row, endpoint, evidence, settings }: Known, slug: string, said: string | null): Findings {
  const last = row.attemptList.at(-1);
  const host = urlParts(row.endpoint?.url ?? "").host || "the endpoint";
  const cause = last ? why({ ...last, host, timeoutSeconds: settings.timeoutSeconds }) : null;
  const aside = setAside(row);
  const alikeHref = deliveriesPath(slug, {
    status: [...ALIKE_STATUSES],
    endpoint: row.endpointId,
    outcome: row.lastOutcome ?? undefined,
    code: row.lastStatusCode,
    from: evidence?.alike.since ?? row.createdAt,
  });
  const places = {
    alike: alikeHref,
    changes: `/w/${slug}/settings/audit-log?target=${formatId("ep", row.endpointId)}`,
    eventType: `/w/${slug}/event-types/${encodeURIComponent(row.eventType)}`,
  };
  const many = evidence && evidence.alike.count > 1;
  return {
    cause,
    why: aside ? asideWhy(row, cause) : causeInContext(row, cause, evidence),
    evidence: [
      ...(aside ? circuitLines(row, endpoint) : []),
      ...(said ? [{ key: "said", parts: ["The answer says: ", { quote: said }] }] : []),
      ...(last ? sameAttempts(row.attemptList, last) : []),
      ...(row.status === "failed" && cause && row.reason ? [{ key: "end", parts: [sentence(row.reason)] }] : []),
      ...(evidence ? evidenceLines(evidence, row.eventType, places) : []),
    ],
    alike: many
      ? {
          href: alikeHref,
          query: alikeHref.split("?")[1] ?? "",
          count: `${formatNumber(evidence.alike.count)}${evidence.alike.atLeast ? "+" : ""}`,
        }
      : null,
  };
}

/** An open circuit is no cause by itself: what opened it is. */
function asideWhy({ reason, status }: DeliveryDetail, cause: Diagnosis | null): string {
  const waits = status === "held" && reason === ENDPOINT_FAILING;
  return waits && cause
    ? `${cause.why} Deliveries wait until it answers again.`
    : sentence(reason ?? "It was set aside");
}

/** What it is now was decided by somebody or by a rule, and its reason says why. */
export function setAside({ status, attemptList }: DeliveryDetail): boolean {
  return status === "held" || status === "discarded" || (status === "failed" && attemptList.length === 0);
}

export function hasDiagnosis(delivery: DeliveryDetail): boolean {
  if (delivery.status === "delivered") return false;
  return setAside(delivery) || delivery.parked || delivery.attemptList.length > 0;
}

/** `api.acme.io answered 500 on all 7 attempts, and it does so for this event type only.` */
function causeInContext(row: DeliveryDetail, cause: Diagnosis | null, evidence: Known["evidence"]): string {
  const words = onAll(row.attemptList, cause?.why ?? "");
  const plain = /answered \d+( on all \d+ attempts)?\.$/.test(words);
  return plain && evidence && onlyThisType(evidence)
    ? `${words.slice(0, -1)}, and it does so for this event type only.`
    : words;
}

function onAll(attempts: AttemptRow[], why: string): string {
  const alike = new Set(attempts.map(({ outcome, statusCode }) => `${outcome} ${statusCode}`)).size === 1;
  return alike && attempts.length > 1
    ? why.replace(/(answered \d+)(?=\.$| and asked)/, `$1 on all ${attempts.length} attempts`)
    : why;
}

function circuitLines({ status }: DeliveryDetail, endpoint: EndpointDetail | null): Sentence[] {
  if (status !== "held" || endpoint?.status !== "active" || endpoint.circuit === "closed") return [];
  const { circuitReason, circuitSince } = endpoint;
  const since = circuitSince ? [" since ", { at: circuitSince }] : [];
  return [
    {
      key: "circuit",
      parts: ["The circuit of the endpoint is open", ...since, `${circuitReason ? `: ${circuitReason}` : ""}.`],
    },
  ];
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

function sameAttempts(attempts: AttemptRow[], last: AttemptRow): Sentence[] {
  const same = attempts.filter(({ outcome, statusCode }) => outcome === last.outcome && statusCode === last.statusCode);
  // Answers say it in the sentence above.
  if (attempts.length < 2 || (same.length === attempts.length && last.outcome === "http_error")) return [];
  const share = same.length === attempts.length ? `All ${attempts.length}` : `${same.length} of ${attempts.length}`;
  return [{ key: "attempts", parts: [`${share} attempts ended like this.`] }];
}
