import { Hourglass, KeyRound, type LucideIcon, ShieldAlert, ShieldX, TriangleAlert, Unplug } from "lucide-react";
import Link from "next/link";
import { isValidElement, type ReactElement, type ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatCount, formatDuration, formatNumber, urlParts } from "@/components/ui/format";
import { calendarDay, clockMinute, fullTime } from "@/components/ui/format-time";
import { ICON_16 } from "@/components/ui/icon-size";
import { readerZone, Time } from "@/components/ui/time";
import type { Attention } from "@/lib/reports/attention.ts";
import type { Counted } from "@/lib/reports/line.ts";
import { TypeWords } from "../endpoints/type-words";
import { deliveriesPath, pagePath } from "../shell/paths";

type AttentionListProps = {
  slug: string;
  items: Attention[];
  /** The button that probes an open circuit; null for who may not. */
  probe: ((endpointId: string) => ReactElement) | null;
};

/** What needs a person, each with the one place where it is put right. Nothing when all is well. */
export function AttentionList({ slug, items, probe }: AttentionListProps) {
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="attention">
      <h2 id="attention" className="sr-only">
        Attention
      </h2>
      <ul className="rounded-card border border-border-strong">
        {items.map((item) => (
          <AttentionItem key={keyOf(item)} slug={slug} item={item} probe={probe} />
        ))}
      </ul>
    </section>
  );
}

function keyOf(item: Attention): string {
  if ("sourceId" in item) return `${item.kind} ${item.sourceId}`;
  return "endpointId" in item ? `${item.kind} ${item.endpointId}` : item.kind;
}

type AttentionItemProps = Pick<AttentionListProps, "slug" | "probe"> & { item: Attention };

function AttentionItem({ slug, item, probe }: AttentionItemProps) {
  switch (item.kind) {
    case "failing":
    case "degraded":
      return (
        <Line
          icon={TriangleAlert}
          tone={item.kind === "failing" ? "text-bad" : "text-warn"}
          since={item.since && <Since at={item.since} />}
          fix={reviewOf(slug, item)}
        >
          <EndpointLink slug={slug} item={item} /> <Trouble item={item} />
          <DisabledSoon at={item.disabledAt} />
        </Line>
      );
    case "circuit":
      return (
        <Line
          icon={ShieldAlert}
          tone="text-bad"
          since={item.since && <Since at={item.since} />}
          fix={probe?.(item.endpointId) ?? { href: pagePath(slug, "ep", item.endpointId), label: "Open endpoint" }}
        >
          The circuit of <EndpointLink slug={slug} item={item} /> is open
          {item.reason ? `: ${lowerFirst(item.reason)}` : ""}
          {item.held.count > 0 && `; ${countedDeliveries(item.held)} held`}
          <DisabledSoon at={item.disabledAt} />
        </Line>
      );
    case "slowed":
      return (
        <Line
          icon={Hourglass}
          tone="text-warn"
          since={
            <>
              until <Time at={item.until} mode="time" />
            </>
          }
          fix={{ href: pagePath(slug, "ep", item.endpointId), label: "Open endpoint" }}
        >
          <EndpointLink slug={slug} item={item} /> asked for fewer calls{waitingWords(item)}
        </Line>
      );
    case "crowded":
      return (
        <Line
          icon={Hourglass}
          tone="text-warn"
          since={<Since at={item.since} />}
          fix={{ href: pagePath(slug, "ep", item.endpointId), label: "Open endpoint" }}
        >
          <EndpointLink slug={slug} item={item} /> answers more slowly than events come;{" "}
          {countedDeliveries(item.waiting)} waiting in line
        </Line>
      );
    case "disabled":
      return (
        <Line
          icon={Unplug}
          tone="text-bad"
          since={item.since && <Since at={item.since} />}
          fix={{ href: `${pagePath(slug, "ep", item.endpointId)}?dialog=enable`, label: "Fix & re-enable…" }}
        >
          <EndpointLink slug={slug} item={item} /> is disabled{item.reason ? `: ${lowerFirst(item.reason)}` : ""}
        </Line>
      );
    case "refused": {
      const href = pagePath(slug, "src", item.sourceId);
      const { count, atLeast } = item.waiting;
      return (
        <Line
          icon={ShieldX}
          tone="text-bad"
          since={<Since at={item.since} />}
          fix={{ href: `${href}?verdict=quarantined`, label: `Review ${formatNumber(count)} refused` }}
        >
          <Link href={href} className="font-semibold hover:underline">
            {item.name}
          </Link>{" "}
          refused {atLeast && "at least "}
          {formatCount(count, "request")}; {count === 1 ? "it waits" : "they wait"} in quarantine
        </Line>
      );
    }
    case "backlog":
      return (
        <Line
          icon={Hourglass}
          tone="text-warn"
          since={null}
          fix={{ href: deliveriesPath(slug, { status: ["queued"], range: "30d" }), label: "See what waits" }}
        >
          Deliveries wait for a worker, the oldest for {formatDuration(item.waitedMs)}
        </Line>
      );
    case "secret":
      return (
        <Line
          icon={KeyRound}
          tone="text-fg-3"
          since={<Time at={item.expiresAt} />}
          fix={{ href: pagePath(slug, "ep", item.endpointId), label: "Review secrets" }}
        >
          The old secret of <EndpointLink slug={slug} item={item} /> stops signing{" "}
          <Time at={item.expiresAt} mode="relative" />
        </Line>
      );
  }
}

function Trouble({ item }: { item: Extract<Attention, { kind: "failing" | "degraded" }> }) {
  const counted = item.failed + item.retrying > 0;
  if (!item.types) return counted ? `${item.cause ?? "fails in part"}: ${countsOf(item)}` : wordsOf(item.reason);
  return (
    <>
      <TypeWords types={item.types} />
      {counted && `: ${countsOf(item)}`}
    </>
  );
}

/** Counts alone do not make a sentence with the endpoint's name. */
function wordsOf(reason: string | null): string {
  if (!reason) return "is failing";
  return /^\d/.test(reason) ? `fails in part: ${reason}` : reason;
}

/** From the second day on: by then somebody should know how it will end. */
function DisabledSoon({ at }: { at: Date | null }) {
  if (!at) return null;
  return (
    <>
      ; disabled <Time at={at} mode="relative" /> unless it answers
    </>
  );
}

function waitingWords({ waiting, retrying }: { waiting: Counted; retrying: number }): string {
  const parts = [
    waiting.count > 0 && `${countedDeliveries(waiting)} waiting in line`,
    retrying > 0 && `${formatNumber(retrying)} retrying`,
  ].filter(Boolean);
  return parts.length > 0 ? `: ${parts.join(", ")}` : "";
}

function countedDeliveries({ count, atLeast }: Counted): string {
  return `${atLeast ? "at least " : ""}${formatCount(count, "delivery", "deliveries")}`;
}

type LineProps = {
  icon: LucideIcon;
  tone: string;
  since: ReactNode;
  /** The one button that puts it right. */
  fix: { href: string; label: string } | ReactElement;
  children: ReactNode;
};

function Line({ icon: Icon, tone, since, fix, children }: LineProps) {
  return (
    <li className="grid min-h-10 grid-cols-[16px_minmax(0,1fr)_auto_minmax(136px,auto)] items-center gap-x-3 gap-y-1 border-b py-1 pr-1.5 pl-3.5 last:border-b-0 max-md:grid-cols-[16px_minmax(0,1fr)] max-md:py-2.5 max-md:pr-3.5">
      <Icon {...ICON_16} className={cn("max-md:self-start max-md:mt-0.5", tone)} />
      <span className="text-sm [overflow-wrap:anywhere]">{children}</span>
      <span className="pr-1 text-fg-3 text-xs tabular-nums max-md:col-start-2">{since}</span>
      <span className="grid max-md:col-start-2 max-md:justify-self-start [&_button]:w-full">
        {isValidElement(fix) ? (
          fix
        ) : (
          <LinkButton href={fix.href} size="sm">
            {fix.label}
          </LinkButton>
        )}
      </span>
    </li>
  );
}

/** `since 09:12, 1 h 29 m`; the day instead of the clock when it was another one. */
async function Since({ at }: { at: Date }) {
  const zone = await readerZone();
  const now = new Date();
  const today = calendarDay(at, zone) === calendarDay(now, zone);
  return (
    <time dateTime={at.toISOString()} title={fullTime(at, zone)}>
      since {today ? clockMinute(at, zone) : calendarDay(at, zone)},{" "}
      {formatDuration(Math.floor((now.getTime() - at.getTime()) / 1000) * 1000)}
    </time>
  );
}

function EndpointLink({ slug, item }: { slug: string; item: { endpointId: string; url: string } }) {
  const { host, path } = urlParts(item.url);
  return (
    <Link href={pagePath(slug, "ep", item.endpointId)} className="font-semibold hover:underline">
      {host}
      <span
        className="inline-block max-w-[min(100%,26rem)] truncate align-bottom font-normal text-fg-2"
        title={item.url}
      >
        {path}
      </span>
    </Link>
  );
}

function countsOf({ failed, retrying }: { failed: number; retrying: number }): string {
  const parts = [failed > 0 && `${formatNumber(failed)} failed`, retrying > 0 && `${formatNumber(retrying)} retrying`];
  return parts.filter(Boolean).join(", ");
}

function reviewOf(slug: string, item: Extract<Attention, { kind: "failing" | "degraded" }>) {
  const { endpointId, failed, retrying } = item;
  const list = (status: "failed" | "retrying") => deliveriesPath(slug, { status: [status], endpoint: endpointId });
  if (failed > 0) return { href: list("failed"), label: `Review ${formatNumber(failed)} failed` };
  if (retrying > 0) return { href: list("retrying"), label: `Review ${formatNumber(retrying)} retrying` };
  return { href: pagePath(slug, "ep", endpointId), label: "Open endpoint" };
}

function lowerFirst(sentence: string): string {
  // A host, a code or an acronym keeps its letters.
  return /^[A-Z][a-z]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}
