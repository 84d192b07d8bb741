import Link from "next/link";
import type { ReactNode } from "react";
import { DiagnosisCard } from "@/components/deliveries/diagnosis-card";
import { deliveriesPath } from "@/components/shell/paths";
import { LinkButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { formatCount, formatNumber, urlParts } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import type { EndpointDetail } from "@/lib/endpoints/queries.ts";
import type { AttemptRow, DeliveryDetail } from "@/lib/reports/delivery.ts";
import { why } from "@/lib/reports/diagnosis.ts";
import type { Evidence } from "@/lib/reports/evidence.ts";
import type { Counted, Place } from "@/lib/reports/line.ts";
import { behindLine, placeLines, WhyInLine } from "./in-line";
import { NextStep } from "./next-step";

type DiagnosisProps = {
  delivery: DeliveryDetail;
  slug: string;
  endpoint: EndpointDetail | null;
  /** Where it stands, while it waits in line. */
  place: Place | null;
  /** How many it holds up, where order is kept and it is the one whose turn it is. */
  behind: Counted | null;
  timeoutSeconds: number;
  evidence: Evidence | null;
  curl: string | null;
};

/** Why a delivery is not delivered, in words. Nothing when it is, or before anything stands in its way. */
export function Diagnosis({ delivery, slug, endpoint, place, behind, timeoutSeconds, evidence, curl }: DiagnosisProps) {
  const last = delivery.attemptList.at(-1);
  if (!hasDiagnosis(delivery)) return null;
  const host = urlParts(delivery.endpoint?.url ?? "").host || "the endpoint";
  const cause = last && why({ ...last, host, timeoutSeconds });
  const waits = endpoint && place && <WhyInLine endpoint={endpoint} place={place} />;
  const alikeHref = deliveriesPath(slug, {
    endpoint: delivery.endpointId,
    outcome: delivery.lastOutcome ?? undefined,
    code: delivery.lastStatusCode,
    from: evidence?.alike.since ?? delivery.createdAt,
  });
  return (
    <DiagnosisCard
      why={
        setAside(delivery)
          ? sentence(delivery.reason ?? "It was set aside")
          : (waits ?? onAll(delivery.attemptList, cause?.why ?? ""))
      }
      evidence={[
        ...(setAside(delivery) ? circuitLines(delivery, endpoint) : []),
        ...(place ? placeLines(slug, place) : []),
        ...(behind && behind.count > 0 ? [behindLine(behind)] : []),
        ...((setAside(delivery) || waits) && cause ? [{ key: "last", line: <>The last attempt: {cause.why}</> }] : []),
        ...(last ? sameAttempts(delivery.attemptList, last) : []),
        ...(delivery.status === "failed" && cause && delivery.reason
          ? [{ key: "end", line: sentence(delivery.reason) }]
          : []),
        ...(evidence ? around(evidence, alikeHref) : []),
      ]}
      next={
        <NextStep
          delivery={delivery}
          slug={slug}
          endpoint={endpoint}
          place={place}
          behind={behind}
          advice={cause?.next ?? ""}
        />
      }
      actions={
        <>
          {evidence && evidence.alike.count > 1 && (
            <LinkButton size="sm" href={alikeHref}>
              Review {formatNumber(evidence.alike.count)} alike
            </LinkButton>
          )}
          {curl !== null && (
            <CopyButton variant="secondary" text={curl} label="Copy as curl command">
              Copy as curl
            </CopyButton>
          )}
        </>
      }
    />
  );
}

/** `api.acme.io answered 500 on all 7 attempts.` */
function onAll(attempts: AttemptRow[], why: string): string {
  const alike = new Set(attempts.map(({ outcome, statusCode }) => `${outcome} ${statusCode}`)).size === 1;
  return alike && attempts.length > 1
    ? why.replace(/(answered \d+)(?=\.$| and asked)/, `$1 on all ${attempts.length} attempts`)
    : why;
}

/** What it is now was decided by somebody or by a rule, and its reason says why. */
function setAside({ status, attemptList }: DeliveryDetail): boolean {
  return status === "held" || status === "discarded" || (status === "failed" && attemptList.length === 0);
}

export function hasDiagnosis(delivery: DeliveryDetail): boolean {
  if (delivery.status === "delivered") return false;
  return setAside(delivery) || delivery.parked || delivery.attemptList.length > 0;
}

function circuitLines({ status }: DeliveryDetail, endpoint: EndpointDetail | null) {
  if (status !== "held" || endpoint?.status !== "active" || endpoint.circuit === "closed") return [];
  const { circuitReason, circuitSince } = endpoint;
  const line = (
    <>
      The circuit of the endpoint is open
      {circuitSince && (
        <>
          {" since "}
          <Time at={circuitSince} />
        </>
      )}
      {circuitReason && `: ${circuitReason}`}.
    </>
  );
  return [{ key: "circuit", line }];
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

function sameAttempts(attempts: AttemptRow[], last: AttemptRow): { key: string; line: ReactNode }[] {
  const same = attempts.filter(({ outcome, statusCode }) => outcome === last.outcome && statusCode === last.statusCode);
  // Answers say it in the sentence above.
  if (attempts.length < 2 || (same.length === attempts.length && last.outcome === "http_error")) return [];
  const share = same.length === attempts.length ? `All ${attempts.length}` : `${same.length} of ${attempts.length}`;
  return [{ key: "attempts", line: `${share} attempts ended like this.` }];
}

function around({ alike, others }: Evidence, href: string): { key: string; line: ReactNode }[] {
  const lines: { key: string; line: ReactNode }[] = [];
  if (alike.count > 1) {
    const count = `${formatNumber(alike.count)}${alike.atLeast ? " or more" : ""} deliveries`;
    const line = (
      <>
        <Link href={href} className="link">
          {count}
        </Link>{" "}
        to this endpoint ended like this since <Time at={alike.since} />.
      </>
    );
    lines.push({ key: "alike", line });
  }
  if (others.active > 0) {
    const subject = formatCount(others.active, "other endpoint");
    const state = others.failing === 0 ? "not failing" : `${formatNumber(others.failing)} of them failing too`;
    lines.push({ key: "others", line: `In the last hour: ${subject} with traffic, ${state}.` });
  }
  return lines;
}
