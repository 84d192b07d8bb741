import { CirclePause } from "lucide-react";
import { endpointName } from "@/components/endpoints/endpoint-name";
import { formatNumber } from "@/components/ui/format";
import { ICON_12 } from "@/components/ui/icon-size";
import { None, RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { JobEndpoint } from "@/lib/bulk-jobs/queries.ts";
import { countOver } from "@/lib/bulk-jobs/sums.ts";
import { JobMeter } from "./job-meter";

type JobEndpointsProps = {
  rows: JobEndpoint[] /** Where a row's deliveries are listed. */;
  hrefOf: (endpointId: string) => string;
};

/** How a job went with each endpoint. */
export function JobEndpoints({ rows, hrefOf }: JobEndpointsProps) {
  return (
    <Table label="Result by endpoint" framed minWidth={720}>
      <thead>
        <tr>
          <Th lead>Endpoint</Th>
          <Th className="w-44">Progress</Th>
          {["Delivered", "Failed", "Left out", "To come"].map((name) => (
            <Th key={name} end className="w-22">
              {name}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ endpointId, endpoint, total, sums, held }) => {
          const name = endpoint ? endpointName(endpoint) : "Unknown endpoint";
          return (
            <Tr key={endpointId}>
              <Td lead title={endpoint?.url}>
                <RowLink href={hrefOf(endpointId)}>{name}</RowLink>
                {endpoint?.deletedAt && <span className="text-fg-3"> (deleted)</span>}
                {held && sums.open > 0 && <Held held={held} />}
              </Td>
              <Td>
                <JobMeter sums={sums} over={countOver(sums)} total={total} label={`Progress with ${name}`} size="sm" />
              </Td>
              {[
                sums.delivered,
                sums.failed + sums.retrying + sums.discarded,
                sums.skipped,
                sums.waiting + sums.open,
              ].map((count, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column has no other name
                <Td key={column} end className="tabular-nums">
                  {count > 0 ? formatNumber(count) : <None />}
                </Td>
              ))}
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}

/** Why nothing of it goes out at the moment. */
function Held({ held }: { held: NonNullable<JobEndpoint["held"]> }) {
  return (
    <span className="ml-2 inline-flex items-center gap-1 text-warn text-xs">
      <CirclePause {...ICON_12} />
      {held.by === "circuit" && (
        <span>keeps failing{held.probeAt && <>, probed {<Time at={held.probeAt} mode="relative" />}</>}</span>
      )}
      {held.by === "slowed" && <span>asked for a pause until {<Time at={held.until} mode="time" />}</span>}
      {(held.by === "paused" || held.by === "disabled") && <span>{held.by}</span>}
    </span>
  );
}
