import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { JobActions } from "@/components/jobs/job-actions";
import { JobBadge } from "@/components/jobs/job-badge";
import { JobEndpoints } from "@/components/jobs/job-endpoints";
import { JobItems } from "@/components/jobs/job-items";
import { JobLive } from "@/components/jobs/job-live";
import { JobLegend, JobMeter } from "@/components/jobs/job-meter";
import { jobPath, newJobPath } from "@/components/jobs/job-path";
import { JobSummary } from "@/components/jobs/job-summary";
import { jobMark } from "@/components/jobs/job-words";
import { Section } from "@/components/ui/card";
import { IdChip } from "@/components/ui/chips";
import { formatCount, formatNumber } from "@/components/ui/format";
import { Page, PageHeader } from "@/components/ui/page";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { LEFT_OUT_WORDS } from "@/lib/bulk-jobs/left-out.ts";
import {
  countFailures,
  findJob,
  type JobEndpoint,
  type JobRow,
  listJobEndpoints,
  listJobItems,
  listLeftOut,
} from "@/lib/bulk-jobs/queries.ts";
import { ITEM_STATES, isUnderWay } from "@/lib/bulk-jobs/scope.ts";
import { formatId, parseId } from "@/lib/ids.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { first, outsideId } from "../../list-address";
import { continueJobAction, stopJobAction } from "../actions";

/** Deliveries on one page of a job. */
const SHOWN = 25;

const search = z.object({
  state: z.preprocess(first, z.enum(ITEM_STATES).optional().catch(undefined)),
  endpoint: outsideId("ep"),
  after: outsideId("dlv"),
});

type Props = {
  params: Promise<{ workspace: string; job: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Bulk job ${(await params).job.slice(-7)}` };
}

export default async function JobPage({ params, searchParams }: Props) {
  const { workspace: slug, job: outside } = await params;
  const { workspace, role } = await requireActor(slug);
  const id = parseId("job", outside);
  const job = id && (await findJob(workspace.id, id));
  if (!job) notFound();
  const asked = search.parse(await searchParams);
  const endpointId = asked.endpoint ? parseId("ep", asked.endpoint) : null;
  const after = asked.after ? parseId("dlv", asked.after) : null;
  const [endpoints, leftOut, failures, items] = await Promise.all([
    listJobEndpoints(workspace.id, job.id),
    listLeftOut(workspace.id, job.id),
    isUnderWay(job.status) ? 0 : countFailures(workspace.id, job.id),
    listJobItems(workspace.id, job.id, { state: asked.state, endpointId }, { after, limit: SHOWN }),
  ]);
  const href = (change: Record<string, string | undefined>) => {
    const query = Object.entries({ state: asked.state, endpoint: asked.endpoint, ...change });
    return `${jobPath(slug, job.id, Object.fromEntries(query.flatMap(([name, value]) => (value ? [[name, value]] : []))))}#deliveries`;
  };
  return (
    <Page width="detail">
      <PageHeader
        title={job.sentence}
        actions={
          can(role, "retry") && (
            <JobActions
              slug={slug}
              job={job}
              failures={failures}
              againHref={againHref(slug, job)}
              stop={stopJobAction}
              goOn={continueJobAction}
            />
          )
        }
      >
        <JobBadge status={job.status} />
        <IdChip id={formatId("job", job.id)} noun="job ID" />
      </PageHeader>
      <Times job={job} />
      <div className="mt-4 grid gap-2">
        <JobMeter {...job} label="Progress" />
        <JobLegend sums={job.sums} chosen={asked.state ?? null} hrefOf={(state) => href({ state, after: undefined })} />
      </div>
      <JobSummary job={job} standsStill={endpoints.some(({ held, sums }) => held !== null && sums.open > 0)} />
      <StandsStill job={job} endpoints={endpoints} />
      {leftOut.length > 0 && (
        <ul className="mt-3 text-fg-2 text-sm" aria-label="Left out">
          {leftOut.map(({ why, count }) => (
            <li key={why}>
              <b className="font-medium text-fg tabular-nums">{formatNumber(count)}</b> left out: {LEFT_OUT_WORDS[why]}
            </li>
          ))}
        </ul>
      )}
      {endpoints.length > 0 && (
        <Section title="Result by endpoint">
          <JobEndpoints
            rows={endpoints}
            hrefOf={(one) => href({ endpoint: formatId("ep", one), state: undefined, after: undefined })}
          />
        </Section>
      )}
      {job.total > 0 && (
        <Section
          title="Deliveries"
          id="deliveries"
          actions={
            (asked.state || asked.endpoint) && (
              <TextLink href={`${jobPath(slug, job.id)}#deliveries`}>Show all of this job</TextLink>
            )
          }
        >
          <JobItems slug={slug} items={items.rows} />
          {items.next && (
            <p className="mt-2 text-sm">
              <TextLink href={href({ after: formatId("dlv", items.next) })}>Next {SHOWN}</TextLink>
            </p>
          )}
        </Section>
      )}
      <JobLive
        href={`/w/${slug}/jobs/refresh?job=${formatId("job", job.id)}`}
        mark={jobMark(job)}
        underWay={isUnderWay(job.status) || job.sums.open > 0}
      />
    </Page>
  );
}

function Times({ job: { scope } }: { job: JobRow }) {
  if (scope.over.by !== "deliveries" && scope.over.by !== "events") return null;
  const { from, to } = scope.over.filter;
  return (
    <p className="text-fg-2 text-sm">
      Created {from ? <Time at={from} /> : "at any time"} {to && <>to {<Time at={to} />}</>}
    </p>
  );
}

/** Why nothing more goes out at the moment, where that can be told. */
function StandsStill({ job, endpoints }: { job: JobRow; endpoints: JobEndpoint[] }) {
  const { status, sums } = job;
  if (status === "stopped" && sums.open > 0) {
    return (
      <p className="mt-3 text-fg-2 text-sm" role="status">
        {formatNumber(sums.open)} were let out before it was stopped, and are told when they are over.
      </p>
    );
  }
  const held = endpoints.filter((row) => row.held && row.sums.open > 0);
  const count = held.reduce((sum, row) => sum + row.sums.open, 0);
  if (status !== "running" || count === 0) return null;
  return (
    <p className="mt-3 text-fg-2 text-sm" role="status">
      {formatNumber(count)} wait in line at {formatCount(held.length, "endpoint")} that{" "}
      {held.length === 1 ? "takes" : "take"} none at the moment, and go out once{" "}
      {held.length === 1 ? "it does" : "they do"}. A stop takes them out of the line.
    </p>
  );
}

/** The same choice, with its times open again: from then until now. */
function againHref(slug: string, { scope }: JobRow): string {
  const query = new URLSearchParams(scope.query);
  query.delete("to");
  return newJobPath(slug, query);
}
