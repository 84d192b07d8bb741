import { ArrowRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { AttemptsRail } from "@/components/deliveries/attempts-rail";
import { CancelButton } from "@/components/deliveries/cancel-button";
import { curlCommand } from "@/components/deliveries/curl";
import { LiveRefresh } from "@/components/deliveries/live-refresh";
import { deliveryMark, isCancellable, isUnfinished, shownStatus } from "@/components/deliveries/row-view";
import { UrlText } from "@/components/ui/chips";
import { CopyButton } from "@/components/ui/copy-button";
import { formatRelative, urlParts } from "@/components/ui/format";
import { ICON_14 } from "@/components/ui/icon-size";
import { Page, PageHeader } from "@/components/ui/page";
import { type ShownStatus, StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import type { EndpointDetail } from "@/lib/endpoints/queries.ts";
import { formatId, parseId } from "@/lib/ids.ts";
import type { DeliveryDetail } from "@/lib/reports/delivery.ts";
import type { Place } from "@/lib/reports/line.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { cancelDeliveryAction } from "../actions";
import { AttemptPanel } from "./attempt-panel";
import { Diagnosis, hasDiagnosis } from "./diagnosis";
import { Facts } from "./facts";
import { loadDelivery } from "./load";
import { RetryButton } from "./retry-button";
import { attemptSearch, chosenAttempt, chosenTab, type Tab } from "./search";

type Params = Promise<{ workspace: string; delivery: string }>;
type Props = { params: Params; searchParams: Promise<Record<string, string | string[]>> };

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { workspace, delivery } = await params;
  const {
    workspace: { id },
  } = await requireActor(workspace);
  const loaded = await loadDelivery(id, parseId("dlv", delivery));
  if (!loaded) return { title: "Not found" };
  const { row } = loaded;
  return { title: `${row.eventType} to ${urlParts(row.endpoint?.url ?? "").host}, ${row.status}` };
}

export default async function DeliveryPage({ params, searchParams }: Props) {
  const { workspace: slug, delivery: outsideId } = await params;
  const { workspace, role } = await requireActor(slug);
  const loaded = await loadDelivery(workspace.id, parseId("dlv", outsideId));
  if (!loaded) notFound();

  const { row, endpoint, evidence, place, behind, names, request } = loaded;
  const search = attemptSearch.parse(await searchParams);
  const attempt = chosenAttempt(row.attemptList, search);
  const tab = chosenTab(attempt, search);
  const here = `/w/${slug}/deliveries/${outsideId}`;
  const hrefOf = (change: { attempt?: number; tab?: Tab }) =>
    `${here}?${new URLSearchParams({ ...(attempt && { attempt: String(attempt.number) }), tab, ...stringified(change) })}`;
  const curl =
    request.body &&
    curlCommand({
      method: request.method,
      url: request.url,
      headers: attempt?.requestHeaders ?? [["content-type", request.contentType]],
      body: request.body,
    });
  const endpointHref = `/w/${slug}/endpoints/${formatId("ep", row.endpointId)}`;
  const unfinished = isUnfinished(row.status);
  const shown = shownStatus(row, new Date());
  const retry = mayGoNow(endpoint, shown, place);

  return (
    <Page width="detail">
      <LiveRefresh slug={slug} deliveries={[{ id: outsideId, mark: deliveryMark(row), unfinished }]} />
      <PageHeader
        title={row.eventType}
        actions={
          <>
            {curl && !hasDiagnosis(row) && (
              <CopyButton variant="secondary" text={curl} label="Copy as curl command">
                Copy as curl
              </CopyButton>
            )}
            {can(role, "retry") && isCancellable(shown) && (
              <CancelButton
                slug={slug}
                delivery={outsideId}
                eventType={row.eventType}
                action={cancelDeliveryAction}
                skips={endpoint?.ordering === "strict" && row.released}
              />
            )}
            {retry && <RetryButton delivery={row} slug={slug} role={role} className="max-md:hidden" />}
          </>
        }
      >
        <StatusBadge status={shown} />
      </PageHeader>
      <p className="-mt-1.5 flex min-h-7 flex-wrap items-center gap-x-1.5 text-sm">
        <ArrowRight {...ICON_14} className="text-fg-3" />
        <UrlText url={request.url} className="min-w-0 [overflow-wrap:anywhere]" />
        {endpoint ? (
          <Link href={endpointHref} className="link">
            {endpoint.description || "Endpoint"}
          </Link>
        ) : (
          <span className="text-fg-3">endpoint deleted</span>
        )}
      </p>
      <Diagnosis
        delivery={row}
        slug={slug}
        endpoint={endpoint}
        place={place}
        behind={behind}
        timeoutSeconds={request.timeoutSeconds}
        evidence={evidence}
        curl={curl}
      />
      <Facts delivery={row} slug={slug} format={request.format} />
      <div className="mt-6 grid rounded-card border lg:grid-cols-[304px_minmax(0,1fr)]">
        <AttemptsRail
          attempts={row.attemptList}
          createdAt={row.createdAt}
          selected={attempt?.number ?? null}
          hrefOf={(number) => hrefOf({ attempt: number })}
          names={names}
          pending={unfinished ? <Pending delivery={row} shown={shown} /> : null}
        />
        <AttemptPanel
          attempt={attempt}
          tab={tab}
          hrefOf={(name) => hrefOf({ tab: name })}
          request={request}
          bodyHref={`${here}/body`}
          snippetsHref={`${endpointHref}/verify`}
        />
      </div>
      <div
        data-print="hide"
        data-sticky
        className="fixed inset-x-0 bottom-0 z-5 flex gap-2 border-border-strong border-t bg-bg px-4 py-2 empty:hidden md:hidden"
      >
        {retry && <RetryButton delivery={row} slug={slug} role={role} className="flex-1" />}
      </div>
    </Page>
  );
}

/** Neither what its endpoint's pause holds nor what others of its line are before goes out for anybody's asking. */
function mayGoNow(endpoint: EndpointDetail | null, shown: ShownStatus, place: Place | null): boolean {
  if (shown === "held") return endpoint?.status === "active";
  const others = place !== null && (place.head !== null || place.before.count > 0);
  return endpoint?.ordering !== "strict" || !others;
}

function stringified(change: { attempt?: number; tab?: Tab }): Record<string, string> {
  return Object.fromEntries(Object.entries(change).map(([name, value]) => [name, String(value)]));
}

/** The attempt to come, at the head of the rail. */
function Pending({ delivery, shown }: { delivery: DeliveryDetail; shown: ShownStatus }) {
  const { nextAttemptAt, attempts } = delivery;
  const planned = shown === "retrying" || shown === "scheduled" ? nextAttemptAt : null;
  const words = planned && planned > new Date() ? formatRelative(planned, new Date()) : PENDING_WORDS[shown];
  return (
    <>
      <span className="text-fg-2">
        <span className="font-medium">{attempts + 1}</span> <span className="ml-1">{words ?? "due"}</span>
      </span>
      {planned && <Time at={planned} mode="time" className="font-sans text-fg-3 text-xs/4" />}
    </>
  );
}

const PENDING_WORDS: Partial<Record<ShownStatus, string>> = {
  sending: "being sent",
  queued: "queued",
  in_line: "in line",
};
