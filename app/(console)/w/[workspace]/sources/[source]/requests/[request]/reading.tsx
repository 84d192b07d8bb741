import { ChevronDown, ChevronLeft, ChevronUp, Maximize2, X } from "lucide-react";
import Link from "next/link";
import { LiveRefresh } from "@/components/deliveries/live-refresh";
import { deliveryRowView } from "@/components/deliveries/row-view";
import { BodyBlock, type BodyView } from "@/components/requests/body-block";
import { requestName } from "@/components/requests/inbox-row";
import { Timeline } from "@/components/requests/timeline";
import { VerdictBadge } from "@/components/requests/verdict-badge";
import { Badge } from "@/components/ui/badge";
import { IconLink } from "@/components/ui/button";
import { IdChip } from "@/components/ui/chips";
import { HeaderTable } from "@/components/ui/header-table";
import { ICON_16 } from "@/components/ui/icon-size";
import { Pending } from "@/components/ui/pending";
import { readerZone, Time } from "@/components/ui/time";
import { formatId } from "@/lib/ids.ts";
import { QUARANTINED } from "@/lib/sources/states.ts";
import { BodyActions } from "./body-actions";
import { ComparePanel } from "./compare-panel";
import type { Opened } from "./load";
import { QuarantineSlot } from "./quarantine-slot";
import { Replay, RequestMenu } from "./request-actions";

/** What heads a part of it: one level below the request's own heading. */
export type PartHeading = "h2" | "h3";
export type PaneChange = { compare?: string; view?: BodyView };

type ReadingProps = {
  opened: Opened;
  slug: string;
  /** This request with something else of it shown. */
  hrefOf: (change: PaneChange) => string;
  compare: string | undefined;
  view: BodyView | undefined;
  /** Beside a list: the ways to those before and after it, and back. */
  pane?: { newer: string | null; older: string | null; close: string; page: string };
};

/** One request in full: the verdict and why, what became of it, what it said. */
export async function Reading({ opened, slug, hrefOf, compare, view, pane }: ReadingProps) {
  const { row, head, facts, timeline, outsideId } = opened;
  const [zone, now] = [await readerZone(), new Date()];
  const here = `/w/${slug}/sources/${formatId("src", head.id)}/requests/${outsideId}`;
  const watched = timeline.deliveries.map((delivery) => deliveryRowView(delivery, zone, now));
  const waits = QUARANTINED.includes(row.verdict);
  const Heading = pane ? "h2" : "h1";
  const part: PartHeading = pane ? "h3" : "h2";
  return (
    <div className="grid gap-4 [&>*]:min-w-0">
      <LiveRefresh slug={slug} deliveries={watched.map(({ id, mark, unfinished }) => ({ id, mark, unfinished }))} />
      <header>
        {pane && <BackLink href={pane.close} />}
        <div className="flex items-start gap-2">
          <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
            <Heading
              id="request"
              className={pane ? "text-lg [overflow-wrap:anywhere]" : "text-xl [overflow-wrap:anywhere]"}
            >
              {requestName(row)}
            </Heading>
            <VerdictBadge request={row} source={facts} />
            {row.providerAttempt !== null && row.providerAttempt > 1 && <Badge>Attempt {row.providerAttempt}</Badge>}
          </div>
          <span className="ml-auto flex shrink-0 items-center">
            {pane && <PaneLinks pane={pane} />}
            {/* Closed again once what was chosen in it is shown. */}
            <RequestMenu key={compare} opened={opened} here={here} hrefOf={hrefOf} />
          </span>
        </div>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-fg-2 text-sm tabular-nums">
          <IdChip id={outsideId} noun="request ID" />
          <span>
            <Time at={row.receivedAt} mode="both" />, answered {row.answerStatus}
          </span>
        </p>
      </header>
      {compare ? (
        <ComparePanel opened={opened} slug={slug} other={compare} hrefOf={hrefOf} part={part} />
      ) : (
        <>
          <AcceptedLater opened={opened} />
          <QuarantineSlot opened={opened} slug={slug} here={here} />
          {waits ? (
            <>
              <Body {...{ opened, slug, here, view, hrefOf, part }} />
              <Facts opened={opened} />
            </>
          ) : (
            <>
              <Facts opened={opened} />
              <Became opened={opened} slug={slug} zone={zone} now={now} part={part} />
              <Body {...{ opened, slug, here, view, hrefOf, part }} />
            </>
          )}
          <HeaderTable label="Headers" headers={row.headers} />
        </>
      )}
    </div>
  );
}

type BecameProps = { opened: Opened; slug: string; zone: string; now: Date; part: PartHeading };

function Became({ opened, slug, zone, now, part: Heading }: BecameProps) {
  const { row, timeline } = opened;
  return (
    <section aria-labelledby="became" className="grid gap-2 [&>*]:min-w-0">
      <div className="flex flex-wrap items-center gap-2">
        <Heading id="became" className="font-semibold text-base">
          What it became
        </Heading>
        <Replay opened={opened} slug={slug} />
      </div>
      <Timeline
        slug={slug}
        receivedAt={row.receivedAt}
        answerStatus={row.answerStatus}
        timeline={timeline}
        zone={zone}
        now={now}
        none={noneWords(opened)}
      />
    </section>
  );
}

type BodyProps = Pick<ReadingProps, "opened" | "slug" | "hrefOf" | "view"> & { here: string; part: PartHeading };

function Body({ opened, slug, here, view, hrefOf, part: Heading }: BodyProps) {
  const { row } = opened;
  return (
    <section aria-labelledby="body" className="grid gap-2 [&>*]:min-w-0">
      <div className="flex flex-wrap items-center gap-2">
        <Heading id="body" className="font-semibold text-base">
          Body
        </Heading>
        <BodyActions opened={opened} slug={slug} />
      </div>
      <BodyBlock
        body={row.body}
        contentType={row.contentType}
        view={view}
        hrefOf={(wanted) => hrefOf({ view: wanted })}
        downloadHref={`${here}/body`}
      />
    </section>
  );
}

function BackLink({ href }: { href: string }) {
  return (
    <Link
      href={href}
      scroll={false}
      className="mb-1 -ml-1 inline-flex min-h-11 items-center gap-1 text-fg-2 text-sm hover:text-fg md:hidden"
    >
      <ChevronLeft {...ICON_16} />
      All requests
      <Pending />
    </Link>
  );
}

function PaneLinks({ pane }: { pane: NonNullable<ReadingProps["pane"]> }) {
  return (
    <>
      <Step href={pane.newer} label="Newer request ([)">
        <ChevronUp {...ICON_16} />
      </Step>
      <Step href={pane.older} label="Older request (])">
        <ChevronDown {...ICON_16} />
      </Step>
      <IconLink href={pane.page} prefetch={false} label="Open full page">
        <Maximize2 {...ICON_16} />
        <Pending />
      </IconLink>
      <IconLink href={pane.close} prefetch={false} scroll={false} label="Close (Esc)" className="max-md:hidden">
        <X {...ICON_16} />
      </IconLink>
    </>
  );
}

function Step({ href, label, children }: { href: string | null; label: string; children: React.ReactNode }) {
  if (!href) {
    return (
      <span aria-hidden="true" className="inline-flex size-7 items-center justify-center opacity-40 touch:size-11">
        {children}
      </span>
    );
  }
  return (
    <IconLink href={href} label={label} prefetch={false} scroll={false}>
      {children}
      <Pending />
    </IconLink>
  );
}

function AcceptedLater({ opened: { row, acceptedBy } }: { opened: Opened }) {
  if (!row.acceptedAt) return null;
  return (
    <p className="rounded-card border border-border-strong px-3.5 py-2.5 text-sm">
      {row.fault ? "It was refused when it came, and accepted" : "It repeated an earlier one, and was processed again"}{" "}
      <Time at={row.acceptedAt} mode="both" />
      {acceptedBy && <> by {acceptedBy}</>}.
    </p>
  );
}

/** From where, how and as what it came. */
function Facts({ opened: { row } }: { opened: Opened }) {
  const facts: [string, string | null][] = [
    ["Request", `${row.method} ${row.path}`],
    ["From", row.remoteAddress],
    ["Provider's ID", row.externalId],
    ["Attempt", row.providerAttempt === null ? null : String(row.providerAttempt)],
  ];
  return (
    <dl className="grid grid-cols-[128px_minmax(0,1fr)] rounded-card border text-sm max-md:grid-cols-[104px_minmax(0,1fr)]">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name} className="col-span-2 grid grid-cols-subgrid border-b px-3 py-1.5 last:border-b-0">
              <dt className="text-fg-2">{name}</dt>
              <dd className="mono [overflow-wrap:anywhere]">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function noneWords({ row: { verdict, eventIds, duplicateOf } }: Opened): string {
  if (verdict === "handshake") return "Part of the set-up: it was answered, and became no event";
  if (eventIds.length === 0 && duplicateOf === null) return "There was no event in it";
  return "What it became is past its retention";
}
