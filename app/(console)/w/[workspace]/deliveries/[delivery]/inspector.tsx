import { ArrowRight } from "lucide-react";
import { AttemptsTable } from "@/components/deliveries/attempts-table";
import { attemptsView } from "@/components/deliveries/attempts-view";
import { LiveRefresh } from "@/components/deliveries/live-refresh";
import { deliveryMark, isUnfinished, shownStatus } from "@/components/deliveries/row-view";
import { UrlText } from "@/components/ui/chips";
import { CopyButton } from "@/components/ui/copy-button";
import { ICON_14 } from "@/components/ui/icon-size";
import { StatusBadge } from "@/components/ui/status-badge";
import { formatId } from "@/lib/ids.ts";
import type { DeliveryDetail } from "@/lib/reports/delivery.ts";
import { requireActor } from "@/lib/web/session.ts";
import { answerWords } from "./answer-words";
import { AttemptPanel } from "./attempt-panel";
import { CopyAsCurl, CopyForTicket, RetryAllAlike } from "./card-actions";
import { diagnose, hasDiagnosis } from "./diagnose";
import { Diagnosis } from "./diagnosis";
import { type LoadedDelivery, loadAttempt, loadDelivery, loadRequest } from "./load";
import { PendingAttempt } from "./pending-attempt";
import { mayGoNow, RetryButton } from "./retry-button";
import { attemptSearch, chosenAttempt, chosenTab, type Tab } from "./search";

export type InspectorChange = { att?: number; tab?: Tab; raw?: "1" };

type InspectorProps = {
  slug: string;
  /** The database id. */
  deliveryId: string;
  /** What the address says, as it came: another attempt than the last, another tab than the one with the news. */
  att?: unknown;
  tab?: unknown;
  raw?: unknown;
  /** The address of the list with something else in the panel. */
  hrefOf: (change: InspectorChange) => string;
};

/** A delivery beside the list it stands in: why, what next, every attempt, and one of them in full. */
export async function DeliveryInspector({ slug, deliveryId, att, tab: askedTab, raw, hrefOf }: InspectorProps) {
  const { workspace, role } = await requireActor(slug);
  const loaded = await loadDelivery(workspace.id, deliveryId);
  if (!loaded) return <Gone />;
  const { row } = loaded;
  const search = attemptSearch.parse({ attempt: att, tab: askedTab, raw });
  const chosen = chosenAttempt(row.attemptList, search);
  const [attempt, request, said] = await Promise.all([
    loadAttempt(row, chosen?.number),
    loadRequest(row, loaded.settings),
    answerWords(row),
  ]);
  const findings = diagnose(loaded, slug, said);
  const outsideId = formatId("dlv", row.id);
  const here = `/w/${slug}/deliveries/${outsideId}`;
  const shown = shownStatus(row, new Date());
  const unfinished = isUnfinished(row.status);
  const actions = (
    <>
      {mayGoNow(loaded, shown) && <RetryButton delivery={row} slug={slug} role={role} size="sm" />}
      <RetryAllAlike findings={findings} slug={slug} role={role} />
      {request.body && <CopyAsCurl here={here} attempt={attempt?.number} />}
      <CopyForTicket here={here} attempt={attempt?.number} />
    </>
  );
  return (
    <div className="grid gap-4 [&>*]:min-w-0">
      <LiveRefresh slug={slug} deliveries={[{ id: outsideId, mark: deliveryMark(row), unfinished }]} />
      <Head loaded={loaded} />
      {hasDiagnosis(row) ? (
        <Diagnosis loaded={loaded} findings={findings} slug={slug} actions={actions} />
      ) : (
        <div className="flex flex-wrap gap-2">{actions}</div>
      )}
      {(row.attemptList.length > 0 || unfinished) && (
        <AttemptsTable
          attempts={row.attemptList}
          summary={summaryOf(row)}
          selected={chosen?.number ?? null}
          hrefOf={(number) => hrefOf({ att: number, tab: search.tab })}
          names={loaded.names}
          pending={unfinished ? <PendingAttempt delivery={row} shown={shown} /> : null}
        />
      )}
      <div className="rounded-card border">
        <AttemptPanel
          attempt={attempt}
          tab={chosenTab(chosen, search)}
          hrefOf={({ tab, raw: asItCame }) => hrefOf({ att: search.attempt, tab, ...(asItCame && { raw: "1" }) })}
          raw={search.raw === "1"}
          request={request}
          bodyHref={`${here}/body`}
          snippetsHref={`/w/${slug}/endpoints/${formatId("ep", row.endpointId)}/verify`}
          verify={{ slug, delivery: outsideId }}
        />
      </div>
    </div>
  );
}

function Head({ loaded: { row } }: { loaded: LoadedDelivery }) {
  const url = row.endpoint?.url ?? "";
  return (
    <div>
      <h2 className="text-lg [overflow-wrap:anywhere]">{row.eventType}</h2>
      <p className="mt-1 flex flex-wrap items-center gap-x-1.5 gap-y-1 text-sm">
        <StatusBadge status={shownStatus(row, new Date())} />
        <ArrowRight {...ICON_14} className="text-fg-3" />
        <UrlText url={url} className="min-w-0 [overflow-wrap:anywhere]" />
        {row.endpoint?.deletedAt ? (
          <span className="text-fg-3">endpoint deleted</span>
        ) : (
          <CopyButton text={url} label="Copy endpoint URL" size="xs" className="-my-1" />
        )}
      </p>
    </div>
  );
}

function summaryOf(row: DeliveryDetail): string {
  const { planned, extra } = attemptsView(row);
  const manual = row.attemptList.filter(({ trigger }) => trigger === "manual").length;
  return extra === 0 ? planned : `${planned} +${extra} ${manual === extra ? "manual" : "beside the schedule"}`;
}

function Gone() {
  return (
    <div className="grid justify-items-start gap-2 text-sm">
      <h2 className="text-lg">This delivery is not here</h2>
      <p className="text-fg-2">It is past its retention time, or belongs to another workspace.</p>
    </div>
  );
}
