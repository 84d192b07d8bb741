import { Layers } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { JobLive } from "@/components/jobs/job-live";
import { newJobPath } from "@/components/jobs/job-path";
import { JobTable } from "@/components/jobs/job-table";
import { jobMark } from "@/components/jobs/job-words";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page";
import { Pagination } from "@/components/ui/pagination";
import { listJobs } from "@/lib/bulk-jobs/queries.ts";
import { isUnderWay } from "@/lib/bulk-jobs/scope.ts";
import { formatId, parseId } from "@/lib/ids.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { outsideId } from "../list-address";

export const metadata: Metadata = { title: "Bulk jobs" };

const search = z.object({ before: outsideId("job"), after: outsideId("job") });
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<unknown> };

export default async function JobsPage({ params, searchParams }: Props) {
  const { workspace, role } = await requireActor((await params).workspace);
  const { before, after } = search.parse(await searchParams);
  const { rows, next, previous } = await listJobs(workspace.id, {
    before: before ? parseId("job", before) : null,
    after: after ? parseId("job", after) : null,
  });
  const base = `/w/${workspace.slug}/jobs`;
  const underWay = rows.filter(({ status }) => isUnderWay(status)).reverse();
  const start = can(role, "retry") && (
    <LinkButton href={newJobPath(workspace.slug, { kind: "retry", status: "failed" })} variant="primary">
      Retry failed…
    </LinkButton>
  );
  return (
    <Page>
      <PageHeader title="Bulk jobs" actions={start} />
      {rows.length > 0 ? (
        <>
          <JobTable slug={workspace.slug} jobs={rows} />
          {(next || previous) && (
            <Pagination
              previous={previous && `${base}?after=${formatId("job", previous)}`}
              next={next && `${base}?before=${formatId("job", next)}`}
            />
          )}
        </>
      ) : (
        <EmptyState icon={Layers} title="No bulk job yet" ghost action={start}>
          Retry everything that failed in an outage, or replay events an endpoint never got: counted before it starts,
          watched while it runs, stopped at any time.
        </EmptyState>
      )}
      <JobLive href={`${base}/refresh`} mark={underWay.map(jobMark).join("|")} underWay={underWay.length > 0} />
    </Page>
  );
}
