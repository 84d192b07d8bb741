import type { Overview } from "@/lib/reports/overview.ts";
import type { Range } from "@/lib/reports/ranges.ts";
import { deliveriesPath } from "../shell/paths";
import { formatDuration, formatNumber, formatPercent } from "../ui/format";
import { countDelta, latencyDelta, rateDelta } from "./deltas";
import { type Delta, DeltaText, Figure } from "./figure";

type FiguresProps = { slug: string; range: Range; overview: Overview };

/** The five numbers of the overview, each with the one before and the deliveries it counts. */
export function OverviewFigures({ slug, range, overview }: FiguresProps) {
  const { figures, previous, retryingNow, oldestQueuedMs } = overview;
  const rate = figures.successRate === null ? null : split(formatPercent(figures.successRate));
  const latency = figures.p95Ms === null ? null : split(formatDuration(figures.p95Ms));
  const waited = oldestQueuedMs === null ? null : split(formatDuration(oldestQueuedMs));
  return (
    <div className="mt-4 overflow-hidden rounded-card border">
      <dl className="-mr-px -mb-px grid grid-cols-5 max-lg:grid-cols-3 max-sm:grid-cols-2">
        <Figure
          label="Success rate"
          of="of finished"
          value={rate?.number ?? "–"}
          unit={rate?.unit}
          href={deliveriesPath(slug, { status: ["failed"], range })}
        >
          <Before delta={rateDelta(figures, previous)} />
        </Figure>
        <Figure
          label="Deliveries"
          of="finished"
          value={formatNumber(figures.deliveries)}
          href={deliveriesPath(slug, { range })}
        >
          <Before delta={countDelta(figures.deliveries, previous.deliveries)} />
        </Figure>
        <Figure
          label="Latency p95"
          value={latency?.number ?? "–"}
          unit={latency?.unit}
          href={deliveriesPath(slug, { range })}
        >
          <Before delta={latencyDelta(figures.p95Ms, previous.p95Ms)} />
        </Figure>
        <Figure
          label="Retrying now"
          value={formatNumber(retryingNow)}
          href={deliveriesPath(slug, { status: ["retrying"], range: "30d" })}
        >
          {formatNumber(figures.retried)} retries, from {formatNumber(previous.retried)}
        </Figure>
        <Figure
          label="Oldest queued"
          value={waited?.number ?? "0"}
          unit={waited?.unit ?? "\u00a0s"}
          href={deliveriesPath(slug, { status: ["queued"], range: "30d" })}
        >
          {waited ? "waits for a worker" : "nothing is queued"}
        </Figure>
      </dl>
    </div>
  );
}

function Before({ delta }: { delta: Delta | null }) {
  return delta ? <DeltaText {...delta} /> : "nothing to compare with";
}

/** `412 ms` as a number and its unit, which stands smaller; of `1 h 27 m` the first unit stays large. */
function split(text: string): { number: string; unit: string } {
  const at = text.indexOf("\u00a0");
  return { number: text.slice(0, at), unit: text.slice(at) };
}
