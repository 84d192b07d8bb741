import { Sparkline } from "@/components/charts/sparkline";
import { countDelta, latencyDelta, rateDelta } from "@/components/overview/deltas";
import { type Delta, DeltaText, Figure } from "@/components/overview/figure";
import { deliveriesPath } from "@/components/shell/paths";
import { formatCount, formatDuration, formatNumber, formatPercent, formatRelative } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import type { EndpointDetail } from "@/lib/endpoints/queries.ts";
import type { EndpointFigures } from "@/lib/reports/endpoint-figures.ts";

const BAD_RATE = 0.97;

type EndpointFiguresProps = {
  slug: string;
  endpoint: EndpointDetail;
  figures: EndpointFigures;
  /** Of the 24 hours before. */
  previous: EndpointFigures;
  retrying: { count: number; atLeast: boolean };
  now: Date;
};

/** Five numbers of one endpoint over 24 hours, each with what it was before. */
export function EndpointFigureStrip({ slug, endpoint, figures, previous, retrying, now }: EndpointFiguresProps) {
  const [today, before] = [withDeliveries(figures), withDeliveries(previous)];
  const href = (status?: "failed" | "retrying" | "delivered") =>
    deliveriesPath(slug, {
      endpoint: endpoint.id,
      status: status && [status],
      range: status === "retrying" ? "30d" : "24h",
    });
  const rate = parts(figures.successRate === null ? null : formatPercent(figures.successRate));
  const p95 = parts(figures.p95Ms === null ? null : formatDuration(figures.p95Ms));
  const last = parts(endpoint.lastSuccessAt && formatRelative(endpoint.lastSuccessAt, now));
  return (
    <div className="overflow-hidden rounded-card border">
      <dl className="-mr-px -mb-px grid grid-cols-5 max-lg:grid-cols-3 max-sm:grid-cols-2">
        <Figure
          label="Success, 24 h"
          of="of finished"
          value={rate.number}
          unit={rate.unit}
          href={href("failed")}
          aside={
            <Sparkline rates={figures.sparkline} bad={figures.successRate !== null && figures.successRate < BAD_RATE} />
          }
        >
          <Before delta={rateDelta(today, before)} />
        </Figure>
        <Figure label="Finished, 24 h" value={formatNumber(today.deliveries)} href={href()}>
          <Before delta={countDelta(today.deliveries, before.deliveries)} />
        </Figure>
        <Figure label="Latency p95" value={p95.number} unit={p95.unit} href={href()}>
          <Before delta={latencyDelta(figures.p95Ms, previous.p95Ms)} />
        </Figure>
        <Figure
          label="Retrying now"
          value={`${formatNumber(retrying.count)}${retrying.atLeast ? "+" : ""}`}
          href={href("retrying")}
        >
          {formatCount(figures.retried, "retry", "retries")} in 24&nbsp;h
        </Figure>
        <Figure label="Last success" value={last.number} unit={last.unit} href={href("delivered")}>
          {endpoint.lastSuccessAt && <Time at={endpoint.lastSuccessAt} />}
        </Figure>
      </dl>
    </div>
  );
}

function withDeliveries(figures: EndpointFigures) {
  return { ...figures, deliveries: figures.delivered + figures.failed };
}

function Before({ delta }: { delta: Delta | null }) {
  return delta ? <DeltaText {...delta} /> : null;
}

/** `412 ms` as a number and its unit, which stands smaller. */
function parts(text: string | null): { number: string; unit: string } {
  const at = text?.search(/[\u00a0\s]/) ?? -1;
  return text === null
    ? { number: "–", unit: "" }
    : { number: at < 0 ? text : text.slice(0, at), unit: at < 0 ? "" : text.slice(at) };
}
