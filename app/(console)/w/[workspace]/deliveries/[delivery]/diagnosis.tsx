import Link from "next/link";
import type { ReactNode } from "react";
import { DiagnosisCard } from "@/components/deliveries/diagnosis-card";
import { deliveriesPath } from "@/components/shell/paths";
import { LinkButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { formatCount, formatNumber, urlParts } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import { formatId } from "@/lib/ids.ts";
import type { AttemptRow, DeliveryDetail } from "@/lib/reports/delivery.ts";
import { why } from "@/lib/reports/diagnosis.ts";
import type { Evidence } from "@/lib/reports/evidence.ts";

type DiagnosisProps = {
  delivery: DeliveryDetail;
  slug: string;
  timeoutSeconds: number;
  evidence: Evidence | null;
  curl: string | null;
};

/** Why a delivery is not delivered, in words. Nothing when it is, or before anything went wrong. */
export function Diagnosis({ delivery, slug, timeoutSeconds, evidence, curl }: DiagnosisProps) {
  const last = delivery.attemptList.at(-1);
  if (!hasDiagnosis(delivery)) return null;
  const parked = isParked(delivery);
  const host = urlParts(delivery.endpoint?.url ?? "").host || "the endpoint";
  const cause = last && why({ ...last, host, timeoutSeconds });
  const alikeHref = deliveriesPath(slug, {
    endpoint: delivery.endpointId,
    outcome: delivery.lastOutcome ?? undefined,
    code: delivery.lastStatusCode,
    from: evidence?.alike.since ?? delivery.createdAt,
  });
  return (
    <DiagnosisCard
      why={parked ? sentence(delivery.reason ?? "It was set aside") : onAll(delivery.attemptList, cause?.why ?? "")}
      evidence={[
        ...(parked && cause ? [{ key: "last", line: <>The last attempt: {cause.why}</> }] : []),
        ...(last ? sameAttempts(delivery.attemptList, last) : []),
        ...(evidence ? around(evidence, alikeHref) : []),
      ]}
      next={<Next delivery={delivery} slug={slug} advice={cause?.next ?? ""} />}
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
    ? why.replace(/(answered \d+)\.$/, `$1 on all ${attempts.length} attempts.`)
    : why;
}

const isParked = ({ status }: DeliveryDetail) => status === "held" || status === "discarded";

export function hasDiagnosis(delivery: DeliveryDetail): boolean {
  return delivery.status !== "delivered" && (isParked(delivery) || delivery.attemptList.length > 0);
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

function Next({ delivery, slug, advice }: { delivery: DeliveryDetail; slug: string; advice: string }) {
  const endpoint = (
    <Link className="link" href={`/w/${slug}/endpoints/${formatId("ep", delivery.endpointId)}`}>
      endpoint
    </Link>
  );
  if (delivery.status === "queued" || delivery.status === "sending")
    return <>A retry is on its way; its result will stand here.</>;
  if (delivery.status === "held") return <>It is sent as soon as its {endpoint} is resumed; nothing is lost.</>;
  if (delivery.status === "discarded")
    return <>Nothing more is sent. Retry it, or replay its event, when it is still wanted.</>;
  if (delivery.status === "retrying" && delivery.nextAttemptAt) {
    return (
      <>
        {advice}{" "}
        {delivery.nextAttemptAt > new Date() ? <Coming at={delivery.nextAttemptAt} /> : "The next attempt is due."}
      </>
    );
  }
  return advice;
}

function Coming({ at }: { at: Date }) {
  return (
    <>
      The next attempt comes <Time at={at} mode="relative" />, at <Time at={at} />.
    </>
  );
}
