import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { BlockedLanes } from "@/components/endpoints/blocked-lanes";
import { RetryFailedLink, StateForm } from "@/components/endpoints/endpoint-actions";
import { EndpointFigureStrip } from "@/components/endpoints/endpoint-figures";
import { EndpointHead } from "@/components/endpoints/endpoint-head";
import { EndpointMenu } from "@/components/endpoints/endpoint-menu";
import { endpointName } from "@/components/endpoints/endpoint-name";
import { FlowNotes, isCircuitOpen, isSlowed } from "@/components/endpoints/flow-notes";
import { hasLine, LineFacts } from "@/components/endpoints/line-facts";
import { RecentDeliveries } from "@/components/endpoints/recent-deliveries";
import { SecretCard } from "@/components/endpoints/secret-card";
import { SettingsSummary } from "@/components/endpoints/settings-summary";
import { StatusNote } from "@/components/endpoints/status-note";
import { KeepFresh } from "@/components/get-started/keep-fresh";
import { newJobPath } from "@/components/jobs/job-path";
import { RefreshPage } from "@/components/live/refresh-page";
import { deliveriesPath } from "@/components/shell/paths";
import { LinkButton } from "@/components/ui/button";
import { formatNumber } from "@/components/ui/format";
import { Page } from "@/components/ui/page";
import { readerZone } from "@/components/ui/time";
import { type EndpointDetail, findEndpoint } from "@/lib/endpoints/queries.ts";
import { formatId, parseId } from "@/lib/ids.ts";
import { causeSentence } from "@/lib/reports/causes.ts";
import { countDeliveries } from "@/lib/reports/count-deliveries.ts";
import { listDeliveries } from "@/lib/reports/deliveries.ts";
import { endpointFigures } from "@/lib/reports/endpoint-figures.ts";
import { endpointHealth } from "@/lib/reports/endpoint-health.ts";
import { type BlockedLane, lineOf, listBlockedLanes } from "@/lib/reports/line.ts";
import { type Actor, requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { cancelDeliveryAction, retryDeliveryAction } from "../../deliveries/actions";
import { pauseEndpointAction, probeNowAction, resumeEndpointAction } from "../actions";
import { revealSecretAction } from "../secret-actions";
import { DIALOG_NAMES, EndpointDialog } from "./dialog";

type Props = { params: Promise<{ workspace: string; endpoint: string }>; searchParams: Promise<unknown> };

const filterInput = z.object({
  dialog: z.enum(DIALOG_NAMES).optional().catch(undefined),
});
const DAY_MS = 86_400_000;
const RECENT = 10;
const FRESH_MS = 3_000;
/** Its deliveries change where they stand; the figures around them may wait a little. */
const REST_MS = 30_000;

async function load({ params }: Pick<Props, "params">) {
  const { workspace: slug, endpoint: outsideId } = await params;
  const actor = await requireActor(slug);
  const id = parseId("ep", outsideId);
  const endpoint = id && (await findEndpoint(actor.workspace.id, id));
  if (!endpoint) notFound();
  return { actor, endpoint };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: endpointName((await load({ params })).endpoint) };
}

export default async function EndpointPage({ params, searchParams }: Props) {
  const [{ actor, endpoint }, search, zone] = await Promise.all([load({ params }), searchParams, readerZone()]);
  const { dialog } = filterInput.parse(search);
  const { slug } = actor.workspace;
  const [now, canEdit] = [new Date(), can(actor.role, "configure")];
  const facts = await loadFacts(actor.workspace.id, endpoint, now);
  const id = formatId("ep", endpoint.id);
  const href = `/w/${slug}/endpoints/${id}`;

  return (
    <Page width="detail">
      {isMoving(endpoint, facts.lanes, now) ? <KeepFresh everyMs={FRESH_MS} /> : <RefreshPage leastGapMs={REST_MS} />}
      <EndpointHead
        slug={slug}
        endpoint={endpoint}
        health={facts.health}
        canEdit={canEdit}
        actions={<Actions actor={actor} endpoint={endpoint} failed={facts.failed} />}
      >
        <FlowNotes
          endpoint={endpoint}
          held={facts.line.held}
          now={now}
          probe={
            can(actor.role, "retry") && (
              <StateForm action={probeNowAction} workspace={slug} endpoint={id} size="sm">
                Probe now
              </StateForm>
            )
          }
        />
        {facts.health && !(endpoint.status === "active" && isCircuitOpen(endpoint)) && (
          <StatusNote
            health={facts.health}
            actor={endpoint.statusActor}
            lastError={lastErrorOf(endpoint)}
            action={
              canEdit && endpoint.status === "disabled" ? (
                <LinkButton size="sm" href={`${href}?dialog=enable`} scroll={false}>
                  Fix & re-enable…
                </LinkButton>
              ) : (
                <ReviewFailed slug={slug} endpointId={endpoint.id} count={facts.failedToday} />
              )
            }
          />
        )}
      </EndpointHead>
      {facts.figures && facts.previous && (
        <EndpointFigureStrip
          slug={slug}
          endpoint={endpoint}
          figures={facts.figures}
          previous={facts.previous}
          retrying={facts.retrying}
          now={now}
        />
      )}
      {hasLine(endpoint, facts.line) && <LineFacts slug={slug} endpoint={endpoint} line={facts.line} />}
      <BlockedLanes
        slug={slug}
        lanes={facts.lanes}
        now={now}
        actions={can(actor.role, "retry") ? { retry: retryDeliveryAction, cancel: cancelDeliveryAction } : null}
      />
      <div className="grid grid-cols-[minmax(0,1fr)_352px] items-start gap-x-8 max-xl:grid-cols-1 2xl:grid-cols-[minmax(0,1fr)_408px]">
        <RecentDeliveries slug={slug} endpointId={endpoint.id} rows={facts.recent} zone={zone} now={now} />
        <div>
          <SecretCard
            slug={slug}
            endpoint={id}
            signature={endpoint.signature}
            secrets={endpoint.secrets}
            reveal={revealSecretAction}
            allowed={can(actor.role, "secrets")}
            zone={zone}
            now={now}
          />
          <SettingsSummary endpoint={endpoint} href={href} canEdit={canEdit} />
        </div>
      </div>
      {dialog && <EndpointDialog dialog={dialog} actor={actor} endpoint={endpoint} />}
    </Page>
  );
}

async function loadFacts(workspaceId: string, { id: endpointId, ordering }: EndpointDetail, now: Date) {
  const yesterday = new Date(now.getTime() - DAY_MS);
  const weekAgo = new Date(now.getTime() - 7 * DAY_MS);
  const [health, figures, previous, failed, retrying, { rows }, line, lanes] = await Promise.all([
    endpointHealth(workspaceId, [endpointId]),
    endpointFigures(workspaceId, [endpointId], now),
    endpointFigures(workspaceId, [endpointId], yesterday),
    countDeliveries(workspaceId, { endpointId, status: ["failed"], from: weekAgo }),
    countDeliveries(workspaceId, { endpointId, status: ["retrying"] }),
    listDeliveries(workspaceId, { endpointId, from: weekAgo }, { limit: RECENT }),
    lineOf(workspaceId, endpointId),
    ordering === "strict" ? listBlockedLanes(workspaceId, endpointId) : [],
  ]);
  return {
    health: health.get(endpointId),
    figures: figures.get(endpointId),
    previous: previous.get(endpointId),
    failed,
    failedToday: figures.get(endpointId)?.failed ?? 0,
    retrying,
    recent: rows,
    line,
    lanes,
  };
}

function lastErrorOf({ lastOutcome, lastStatusCode }: EndpointDetail): string | null {
  return lastOutcome === null || lastOutcome === "success" ? null : causeSentence(lastOutcome, lastStatusCode);
}

/** While it waits for the worker to find something out, the page looks again by itself. */
function isMoving(endpoint: EndpointDetail, lanes: BlockedLane[], now: Date): boolean {
  return isCircuitOpen(endpoint) || isSlowed(endpoint, now) || endpoint.crowdedSince !== null || lanes.length > 0;
}

/** Events that were never sent to it: of the time it was not there, was disabled or did not subscribe. */
function recoverPath(slug: string, { id, createdAt }: EndpointDetail): string {
  const from = new Date(Math.max(createdAt.getTime() - DAY_MS, Date.now() - 7 * DAY_MS)).toISOString();
  return newJobPath(slug, { kind: "replay", missing: "1", endpoint: formatId("ep", id), from });
}

function ReviewFailed({ slug, endpointId, count }: { slug: string; endpointId: string; count: number }) {
  if (count === 0) return null;
  return (
    <LinkButton size="sm" href={deliveriesPath(slug, { status: ["failed"], endpoint: endpointId, range: "24h" })}>
      Review {formatNumber(count)} failed
    </LinkButton>
  );
}

type ActionsProps = { actor: Actor; endpoint: EndpointDetail; failed: { count: number; atLeast: boolean } };

function Actions({ actor: { workspace, role }, endpoint, failed }: ActionsProps) {
  const id = formatId("ep", endpoint.id);
  const href = `/w/${workspace.slug}/endpoints/${id}`;
  const stateForm = { workspace: workspace.slug, endpoint: id };
  return (
    <>
      {can(role, "send") && endpoint.status !== "disabled" && (
        <LinkButton href={`${href}?dialog=test`} scroll={false}>
          Send test…
        </LinkButton>
      )}
      {can(role, "configure") && endpoint.status === "active" && (
        <StateForm action={pauseEndpointAction} {...stateForm}>
          Pause
        </StateForm>
      )}
      {can(role, "configure") && endpoint.status === "paused" && (
        <StateForm action={resumeEndpointAction} variant="primary" {...stateForm}>
          Resume
        </StateForm>
      )}
      {can(role, "retry") && endpoint.status === "active" && (
        <RetryFailedLink slug={workspace.slug} endpoint={id} failed={failed} />
      )}
      <EndpointMenu
        href={href}
        recoverHref={
          can(role, "retry") && endpoint.status !== "disabled" ? recoverPath(workspace.slug, endpoint) : null
        }
        may={{ configure: can(role, "configure"), secrets: can(role, "secrets") }}
      />
    </>
  );
}
