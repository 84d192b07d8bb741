import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { InboxKeys } from "@/components/requests/inbox-keys";
import { InboxLive } from "@/components/requests/inbox-live";
import { SourceHead } from "@/components/requests/source-head";
import { cn } from "@/components/ui/cn";
import { readerZone } from "@/components/ui/time";
import { formatId, parseId } from "@/lib/ids.ts";
import { requestMark } from "@/lib/reports/newer-requests.ts";
import { listRequests, requestsBeside } from "@/lib/reports/requests.ts";
import { urlBeforeSecret } from "@/lib/sources/source-url.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { leadRequestsOn } from "../../lead-on";
import { asFilter, asPage, paneQuery, queryOf, requestSearch } from "./filter";
import { InboxList } from "./inbox";
import { loadSource } from "./load";
import { NothingOpen, Opened } from "./pane";
import { QuarantineBar } from "./quarantine-bar";
import { shownUrl } from "./shown-url";
import { SourceActions } from "./source-actions";
import { InboxToolbar } from "./toolbar";

type Params = Promise<{ workspace: string; source: string }>;
type Props = { params: Params; searchParams: Promise<Record<string, string | string[]>> };

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { workspace, source } = await params;
  return { title: (await loadSource(workspace, source)).head.name };
}

export default async function SourcePage({ params, searchParams }: Props) {
  const { workspace: slug, source: outsideId } = await params;
  const { actor, head, facts } = await loadSource(slug, outsideId);
  const asked = await searchParams;
  const elsewhere = await leadRequestsOn(actor.workspace, outsideId, asked);
  if (elsewhere) redirect(elsewhere);
  const search = requestSearch.parse(asked);
  const [now, zone] = [new Date(), await readerZone()];
  const filter = asFilter(head.id, search, now);
  const [workspaceId, sel] = [actor.workspace.id, search.sel ? parseId("req", search.sel) : null];
  const [list, beside, anything] = await Promise.all([
    listRequests(workspaceId, filter, asPage(search)),
    sel ? requestsBeside(workspaceId, filter, sel) : { newer: null, older: null },
    listRequests(workspaceId, { sourceId: head.id }, { limit: 1 }),
  ]);
  const action = `/w/${slug}/sources/${outsideId}`;
  const paneHref = (id: string | null) => id && `${action}?${paneQuery(search, { sel: formatId("req", id) })}`;
  const [newer, older] = [paneHref(beside.newer), paneHref(beside.older)];
  const close = `${action}?${paneQuery(search, {})}`;

  return (
    <InboxLive
      href={`${action}/refresh?${queryOf(search)}`}
      seen={list.rows.map(({ id }) => formatId("req", id))}
      marks={list.rows.map(requestMark)}
      takesNewer={!search.before && !search.after}
    >
      <InboxKeys current={search.sel ?? null} newer={newer} older={older} close={sel ? close : null} />
      <div className="flex flex-col md:h-[calc(100dvh-var(--topbar))] md:min-h-140">
        <SourceHead
          source={head}
          url={shownUrl(head, actor.role)}
          isWhole={can(actor.role, "configure")}
          secretHref={urlBeforeSecret(head.provider, "") && `${action}/set-up`}
          actions={<SourceActions slug={slug} source={head} role={actor.role} />}
          isReading={sel !== null}
        />
        <div className="flex min-h-0 flex-1 border-t max-md:flex-col">
          <section
            aria-label="Inbox"
            className={cn(
              "flex min-h-0 flex-none flex-col border-border-strong md:w-84 md:border-r xl:w-106",
              sel && "max-md:hidden",
            )}
          >
            <InboxToolbar action={action} search={search} quarantined={head.quarantined} zone={zone} />
            {search.verdict === "quarantined" && <QuarantineBar actor={actor} head={head} />}
            <InboxList {...{ action, search, list, zone, now }} source={facts} isNew={anything.rows.length === 0} />
          </section>
          <section
            aria-label="Request"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
            tabIndex={0}
            className={cn("focus-inset page-x min-w-0 flex-1 py-4 pb-8 md:overflow-y-auto", !sel && "max-md:border-t")}
          >
            {search.sel ? (
              <Opened {...{ slug, outsideId, search }} sel={search.sel} pane={{ newer, older, close }} />
            ) : (
              <NothingOpen {...{ slug, outsideId, head }} role={actor.role} isNew={anything.rows.length === 0} />
            )}
          </section>
        </div>
      </div>
    </InboxLive>
  );
}
