import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { KeepFresh } from "@/components/get-started/keep-fresh";
import { RefreshPage } from "@/components/live/refresh-page";
import { GapCheckForm, RemoveGapCheck } from "@/components/sources/gap-check-form";
import { GapCheckStatus, NoApi } from "@/components/sources/gap-check-status";
import { type GapProvider, gapProvider } from "@/components/sources/gap-provider";
import { MissingList } from "@/components/sources/missing-list";
import { ProviderMark } from "@/components/sources/provider-mark";
import { SourceStateForm } from "@/components/sources/state-form";
import { LinkButton } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { Page, PageHeader } from "@/components/ui/page";
import { readerZone } from "@/components/ui/time";
import { countMissing, findGapCheck, type GapCheckFacts, listMissing } from "@/lib/gap-check/queries.ts";
import { parseId } from "@/lib/ids.ts";
import { findSource } from "@/lib/sources/queries.ts";
import { type Actor, requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { NeedsRole } from "../../../settings/needs-role";
import {
  recoverMissingAction,
  removeGapCheckAction,
  runGapCheckAction,
  saveGapCheckAction,
} from "../../gap-check-actions";

export const metadata: Metadata = { title: "Gap check" };

/** While a run is about to begin, or is under way for the first time. */
const RUNNING_MS = 2_000;

const queryInput = z.object({
  show: z.literal("all").optional().catch(undefined),
  before: z.string().max(300).optional().catch(undefined),
});

type Props = { params: Promise<{ workspace: string; source: string }>; searchParams: Promise<unknown> };

export default async function GapCheckPage({ params, searchParams }: Props) {
  const { workspace: slug, source: outsideId } = await params;
  const actor = await requireActor(slug);
  const id = parseId("src", outsideId);
  const source = id && (await findSource(actor.workspace.id, id));
  if (!source) notFound();
  const query = queryInput.parse(await searchParams);
  const provider = gapProvider(source.provider);
  const check = await findGapCheck(actor.workspace.id, source.id);
  const href = `/w/${slug}/sources/${outsideId}`;

  return (
    <Page width="detail">
      <PageHeader
        title={`Gap check of ${source.name}`}
        actions={
          check && can(actor.role, "retry") ? (
            <SourceStateForm action={runGapCheckAction} workspace={slug} source={outsideId}>
              Check now
            </SourceStateForm>
          ) : (
            <LinkButton href={href}>Open inbox</LinkButton>
          )
        }
      >
        <ProviderMark provider={source.provider} />
      </PageHeader>
      {!provider && <NoApi href={href} />}
      {provider && check && (
        <Checked {...{ actor, check, provider, query }} source={source.id} href={`${href}/gap-check`} inbox={href} />
      )}
      {provider && <SetUp {...{ actor, check, provider }} source={outsideId} />}
    </Page>
  );
}

type CheckedProps = {
  actor: Actor;
  check: GapCheckFacts;
  provider: GapProvider;
  query: z.infer<typeof queryInput>;
  source: string;
  href: string;
  inbox: string;
};

async function Checked({ actor, check, provider, query, source, href, inbox }: CheckedProps) {
  const { id: workspaceId, slug } = actor.workspace;
  const all = query.show === "all";
  const [zone, counts, list] = await Promise.all([
    readerZone(),
    countMissing(workspaceId, source),
    listMissing(workspaceId, source, { all, before: query.before ?? null }),
  ]);
  const isDue = check.nextRunAt <= new Date() || check.lastRunAt === null;
  return (
    <>
      {isDue ? <KeepFresh everyMs={RUNNING_MS} /> : <RefreshPage />}
      <GapCheckStatus check={check} provider={provider} isDue={isDue} />
      <MissingList
        {...{ list, counts, provider, all, zone, href, inbox }}
        isChecked={check.lastRunAt !== null}
        isFirstPage={query.before === undefined}
        recover={can(actor.role, "retry") ? { action: recoverMissingAction, workspace: slug } : null}
      />
    </>
  );
}

type SetUpProps = { actor: Actor; check: GapCheckFacts | null; provider: GapProvider; source: string };

function SetUp({ actor: { workspace, role }, check, provider, source }: SetUpProps) {
  const may = can(role, "configure");
  return (
    <Section title={check ? "Settings" : "Set up"} className="max-w-160">
      {!check && <p className="mb-4 text-fg-2 text-sm">{provider.about}</p>}
      {may ? (
        <GapCheckForm action={saveGapCheckAction} workspace={workspace.slug} {...{ source, provider, check }} />
      ) : (
        <NeedsRole permission="configure">Setting it up</NeedsRole>
      )}
      {may && check && <RemoveGapCheck action={removeGapCheckAction} workspace={workspace.slug} source={source} />}
    </Section>
  );
}
