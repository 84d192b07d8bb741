import { ArrowRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { AttemptsRail } from "@/components/deliveries/attempts-rail";
import { CancelButton } from "@/components/deliveries/cancel-button";
import { LiveRefresh } from "@/components/deliveries/live-refresh";
import { deliveryMark, isCancellable, isUnfinished, shownStatus } from "@/components/deliveries/row-view";
import { UrlText } from "@/components/ui/chips";
import { urlParts } from "@/components/ui/format";
import { ICON_14 } from "@/components/ui/icon-size";
import { Page, PageHeader } from "@/components/ui/page";
import { StatusBadge } from "@/components/ui/status-badge";
import { formatId, parseId } from "@/lib/ids.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { cancelDeliveryAction } from "../actions";
import { answerWords } from "./answer-words";
import { AttemptPanel } from "./attempt-panel";
import { CopyAsCurl, RetryAllAlike } from "./card-actions";
import { diagnose, hasDiagnosis } from "./diagnose";
import { Diagnosis } from "./diagnosis";
import { Facts } from "./facts";
import { loadAttempt, loadDelivery, loadRequest } from "./load";
import { PendingAttempt } from "./pending-attempt";
import { mayGoNow, RetryButton } from "./retry-button";
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

  const { row, endpoint, names, settings } = loaded;
  const search = attemptSearch.parse(await searchParams);
  const chosen = chosenAttempt(row.attemptList, search);
  const [attempt, request, said] = await Promise.all([
    loadAttempt(row, chosen?.number),
    loadRequest(row, settings),
    answerWords(row),
  ]);
  const findings = diagnose(loaded, slug, said);
  const tab = chosenTab(chosen, search);
  const here = `/w/${slug}/deliveries/${outsideId}`;
  const hrefOf = (change: { attempt?: number; tab?: Tab; raw?: boolean }) =>
    `${here}?${new URLSearchParams({ ...(chosen && { attempt: String(chosen.number) }), tab, ...stringified(change) })}`;
  const endpointHref = `/w/${slug}/endpoints/${formatId("ep", row.endpointId)}`;
  const unfinished = isUnfinished(row.status);
  const shown = shownStatus(row, new Date());
  const retry = mayGoNow(loaded, shown);

  return (
    <Page width="detail">
      <LiveRefresh slug={slug} deliveries={[{ id: outsideId, mark: deliveryMark(row), unfinished }]} />
      <PageHeader
        title={row.eventType}
        actions={
          <>
            {request.body && !hasDiagnosis(row) && <CopyAsCurl here={here} attempt={attempt?.number} />}
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
        loaded={loaded}
        findings={findings}
        slug={slug}
        actions={
          <>
            <RetryAllAlike findings={findings} slug={slug} role={role} />
            {request.body && <CopyAsCurl here={here} attempt={attempt?.number} />}
          </>
        }
      />
      <Facts delivery={row} slug={slug} format={settings.format} />
      <div className="mt-6 grid rounded-card border lg:grid-cols-[304px_minmax(0,1fr)]">
        <AttemptsRail
          attempts={row.attemptList}
          createdAt={row.createdAt}
          selected={chosen?.number ?? null}
          hrefOf={(number) => hrefOf({ attempt: number })}
          names={names}
          pending={unfinished ? <PendingAttempt delivery={row} shown={shown} /> : null}
        />
        <AttemptPanel
          attempt={attempt}
          tab={tab}
          hrefOf={hrefOf}
          raw={search.raw === "1"}
          request={request}
          bodyHref={`${here}/body`}
          snippetsHref={`${endpointHref}/verify`}
          verify={{ slug, delivery: outsideId }}
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

function stringified({ attempt, tab, raw }: { attempt?: number; tab?: Tab; raw?: boolean }): Record<string, string> {
  return { ...(attempt && { attempt: String(attempt) }), ...(tab && { tab }), ...(raw && { raw: "1" }) };
}
