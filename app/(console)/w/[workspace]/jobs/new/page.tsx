import type { Metadata } from "next";
import { DryRun } from "@/components/jobs/dry-run";
import { JobForm } from "@/components/jobs/job-form";
import { JobPreview } from "@/components/jobs/job-preview";
import { RecoverPresets } from "@/components/jobs/recover-presets";
import { Section } from "@/components/ui/card";
import { Page, PageHeader } from "@/components/ui/page";
import { readerZone, Time } from "@/components/ui/time";
import { previewReplay } from "@/lib/bulk-jobs/preview-replay.ts";
import { listFirst, previewRetry } from "@/lib/bulk-jobs/preview-retry.ts";
import { formatId, newId } from "@/lib/ids.ts";
import { requireActor } from "@/lib/web/session.ts";
import { startJobAction } from "../actions";
import { type JobRequest, readRequest, type SearchParams } from "../request";
import { recoverPresets } from "./presets";

export const metadata: Metadata = { title: "New bulk job" };

/** Rows of the dry run. */
const FIRST = 20;

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<SearchParams> };

export default async function NewJobPage({ params, searchParams }: Props) {
  const { workspace } = await requireActor((await params).workspace, "retry");
  const now = new Date();
  const request = await readRequest(workspace.id, await searchParams, now);
  const { kind, scope, sentence } = request;
  const [preview, first, zone] = await Promise.all([
    kind === "retry" ? previewRetry(workspace.id, scope) : previewReplay(workspace.id, scope),
    kind === "retry" ? listFirst(workspace.id, scope, FIRST) : [],
    readerZone(),
  ]);
  const presets = await recoverPresets(workspace, request, now);
  return (
    <Page flush className="flex min-h-[calc(100dvh-var(--topbar))] flex-col">
      <PageHeader title={kind === "retry" ? "Retry deliveries" : "Replay events"} />
      <p className="[overflow-wrap:anywhere]">
        {sentence}
        <Times request={request} />
      </p>
      {presets.length > 0 && <RecoverPresets presets={presets} zone={zone} now={now} />}
      <JobPreview slug={workspace.slug} kind={kind} preview={preview} />
      <JobForm
        slug={workspace.slug}
        environment={workspace.environment}
        action={startJobAction}
        job={formatId("job", newId())}
        kind={kind}
        query={scope.query}
        order={scope.order}
        preview={preview}
        cancelHref={backHref(workspace.slug, request)}
      >
        {first && first.length > 0 && (
          <Section title={`Dry run: the first ${first.length}`} className="mb-8">
            <DryRun slug={workspace.slug} found={first} />
          </Section>
        )}
      </JobForm>
    </Page>
  );
}

function Times({ request: { scope } }: { request: JobRequest }) {
  if (scope.over.by !== "deliveries" && scope.over.by !== "events") return null;
  const { from, to } = scope.over.filter;
  return (
    <span className="text-fg-2">
      , created {from ? <Time at={from} /> : "at any time"} {to && <>to {<Time at={to} />}</>}
    </span>
  );
}

function backHref(slug: string, { kind, scope }: JobRequest): string {
  if (scope.over.by === "failures") return `/w/${slug}/jobs/${formatId("job", scope.over.jobId)}`;
  const list = kind === "retry" ? "deliveries" : "events";
  return scope.over.by === "ids" ? `/w/${slug}/${list}` : `/w/${slug}/${list}?${scope.query}`;
}
