import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AttemptsRail } from "@/components/deliveries/attempts-rail";
import { DeliveryKeys } from "@/components/deliveries/delivery-keys";
import { LiveRefresh } from "@/components/deliveries/live-refresh";
import { deliveryMark, isUnfinished, lastAnswer, shownStatus } from "@/components/deliveries/row-view";
import { urlParts } from "@/components/ui/format";
import { Page } from "@/components/ui/page";
import { formatId, parseId } from "@/lib/ids.ts";
import { listEdits } from "@/lib/replay/edits.ts";
import type { DeliveryDetail } from "@/lib/reports/delivery.ts";
import { listShareLinks } from "@/lib/share-links/queries.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can, type Role } from "@/lib/workspaces/roles.ts";
import { addressOf } from "./address";
import { answerWords } from "./answer-words";
import { AttemptPanel } from "./attempt-panel";
import { CardActions } from "./card-actions";
import { ComparePanel } from "./compare-panel";
import { diagnose } from "./diagnose";
import { Diagnosis } from "./diagnosis";
import { Facts } from "./facts";
import { BottomBar, DeliveryHead } from "./head";
import { type LoadedDelivery, loadAttempt, loadDelivery, loadRequest } from "./load";
import { findAmong } from "./neighbours";
import { PendingAttempt } from "./pending-attempt";
import { PrintedAttempt } from "./printed-attempt";
import { type AttemptSearch, attemptSearch, chosenAttempt, chosenTab } from "./search";
import { ShareDialog } from "./share-dialog";

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

  const { row } = loaded;
  const search = attemptSearch.parse(await searchParams);
  const findings = diagnose(loaded, slug, await answerWords(row));
  const asked = { workspaceId: workspace.id, slug, id: row.id, status: row.status };
  const [among, edits, links] = await Promise.all([
    findAmong(asked, search.in ?? findings.alike?.query ?? null, search.in === undefined),
    listEdits(workspace.id, row.eventId),
    search.dialog === "share" && can(role, "share") ? listShareLinks(workspace.id, row.id) : null,
  ]);
  const places = placesOf(loaded, slug, outsideId, role, search);
  const head = { loaded, slug, role, among, attempt: chosenAttempt(row.attemptList, search)?.number, ...places };
  const mark = { id: outsideId, mark: deliveryMark(row), unfinished: isUnfinished(row.status) };
  const told = { ...mark, status: row.status, ...lastAnswer(row) };

  return (
    <Page width="detail">
      <LiveRefresh key={outsideId} slug={slug} deliveries={[mark]} told={told} />
      <DeliveryKeys
        id={outsideId}
        newer={among?.newer ?? null}
        older={among?.older ?? null}
        edit={places.edit}
        compare={places.compare}
      />
      <DeliveryHead {...head} />
      <Diagnosis
        loaded={loaded}
        findings={findings}
        slug={slug}
        actions={
          <CardActions
            findings={findings}
            slug={slug}
            role={role}
            since={row.status === "failed" ? outsideId : null}
            {...places}
            attempt={head.attempt}
          />
        }
      />
      <Facts delivery={row} slug={slug} format={loaded.settings.format} edits={edits} />
      <Attempts loaded={loaded} slug={slug} outsideId={outsideId} search={search} workspaceId={workspace.id} />
      <BottomBar {...head} />
      {links && (
        <ShareDialog
          slug={slug}
          delivery={outsideId}
          links={links}
          closeHref={addressOf(places.here, search, { dialog: undefined })}
        />
      )}
    </Page>
  );
}

/** Where the page's buttons lead; null where there is nothing to do there. */
function placesOf(
  { row, evidence }: LoadedDelivery,
  slug: string,
  outsideId: string,
  role: Role,
  search: AttemptSearch,
) {
  const here = `/w/${slug}/deliveries/${outsideId}`;
  const attempt = chosenAttempt(row.attemptList, search);
  const before = attempt && row.attemptList.findLast(({ number }) => number < attempt.number);
  const other = before?.number ?? (evidence ? ("success" as const) : (row.attemptList.at(-1)?.number ?? undefined));
  return {
    here,
    edit: row.event && can(role, "send") ? `${here}/edit` : null,
    compare:
      attempt && other !== attempt.number ? addressOf(here, search, { attempt: attempt.number, compare: other }) : null,
    compareSuccess:
      evidence && attempt ? addressOf(here, search, { attempt: attempt.number, compare: "success" }) : null,
    share: can(role, "share") ? addressOf(here, search, { dialog: "share" }) : null,
  };
}

type AttemptsProps = {
  loaded: LoadedDelivery;
  slug: string;
  outsideId: string;
  search: AttemptSearch;
  workspaceId: string;
};

/** All attempts, and beside them one of them in full, or two of them compared. */
async function Attempts({ loaded, slug, outsideId, search, workspaceId }: AttemptsProps) {
  const { row, names, settings } = loaded;
  const here = `/w/${slug}/deliveries/${outsideId}`;
  const chosen = chosenAttempt(row.attemptList, search);
  const [attempt, request] = await Promise.all([loadAttempt(row, chosen?.number), loadRequest(row, settings)]);
  const panel = {
    attempt,
    tab: chosenTab(chosen, search),
    raw: search.raw === "1",
    request,
    bodyHref: `${here}/body`,
    snippetsHref: `/w/${slug}/endpoints/${formatId("ep", row.endpointId)}/verify`,
    verify: { slug, delivery: outsideId },
  };
  const comparing = chosen && search.compare !== undefined;
  return (
    <>
      <div className="mt-6 grid rounded-card border lg:grid-cols-[304px_minmax(0,1fr)]">
        <AttemptsRail
          attempts={row.attemptList}
          createdAt={row.createdAt}
          selected={chosen?.number ?? null}
          hrefOf={(number) => addressOf(here, search, { attempt: number })}
          compareHref={compareHref(row, here, search)}
          names={names}
          pending={
            isUnfinished(row.status) ? <PendingAttempt delivery={row} shown={shownStatus(row, new Date())} /> : null
          }
        />
        {comparing && search.compare !== undefined ? (
          <ComparePanel
            loaded={loaded}
            workspaceId={workspaceId}
            slug={slug}
            here={here}
            kept={search.in === undefined ? {} : { in: search.in }}
            attempt={chosen}
            other={search.compare}
            closeHref={addressOf(here, search, { compare: undefined })}
          />
        ) : (
          <AttemptPanel
            {...panel}
            hrefOf={({ tab, raw }) =>
              addressOf(here, search, { attempt: chosen?.number, tab, raw: raw ? "1" : undefined })
            }
          />
        )}
      </div>
      <PrintedAttempt
        attempt={attempt}
        request={request}
        bodyHref={panel.bodyHref}
        snippetsHref={panel.snippetsHref}
        shown={comparing ? null : panel.tab}
      />
    </>
  );
}

function compareHref({ attemptList }: DeliveryDetail, here: string, search: AttemptSearch): string | null {
  const chosen = chosenAttempt(attemptList, search);
  const other = attemptList.findLast(({ number }) => chosen && number < chosen.number) ?? attemptList.at(-1);
  if (!chosen || !other || other.number === chosen.number) return null;
  return addressOf(here, search, { attempt: chosen.number, compare: other.number });
}
