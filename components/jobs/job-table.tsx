import { JobBadge } from "@/components/jobs/job-badge";
import { formatNumber } from "@/components/ui/format";
import { RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { JobRow } from "@/lib/bulk-jobs/queries.ts";
import { JobMeter } from "./job-meter";
import { jobPath } from "./job-path";
import { progressWords } from "./job-words";

export function JobTable({ slug, jobs }: { slug: string; jobs: JobRow[] }) {
  return (
    <Table label="Bulk jobs" framed minWidth={860}>
      <thead>
        <tr>
          <Th lead className="w-40">
            Status
          </Th>
          <Th>What it does</Th>
          <Th className="w-52">Progress</Th>
          <Th end className="w-22">
            Delivered
          </Th>
          <Th end className="w-18">
            Failed
          </Th>
          <Th className="w-34 pl-4">Started by</Th>
          <Th className="w-38">Started</Th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <Tr key={job.id}>
            <Td lead>
              <JobBadge status={job.status} quiet />
            </Td>
            <Td title={job.sentence}>
              <RowLink href={jobPath(slug, job.id)}>{job.sentence}</RowLink>
            </Td>
            <Td>
              <span className="mb-1 block text-fg-2 text-xs tabular-nums">{progressWords(job)}</span>
              <JobMeter {...job} label={`Progress of ${job.sentence}`} size="sm" />
            </Td>
            <Td end className="tabular-nums">
              {formatNumber(job.sums.delivered)}
            </Td>
            <Td end className="tabular-nums">
              {formatNumber(job.sums.failed)}
            </Td>
            <Td className="pl-4 text-fg-2" title={job.actorName}>
              {job.actorName}
            </Td>
            <Td className="text-fg-2">
              <Time at={job.createdAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
