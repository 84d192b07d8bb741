import Link from "next/link";
import { shownStatus } from "@/components/deliveries/row-view";
import { pagePath } from "@/components/shell/paths";
import { ShortId, UrlText } from "@/components/ui/chips";
import { StatusBadge } from "@/components/ui/status-badge";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { LEFT_OUT_WORDS } from "@/lib/bulk-jobs/left-out.ts";
import type { Found } from "@/lib/bulk-jobs/preview-retry.ts";
import { answerWord } from "@/lib/delivery/outcome-words.ts";
import { formatId } from "@/lib/ids.ts";

/** The first rows a job comes to, and what it would do with each. */
export function DryRun({ slug, found }: { slug: string; found: Found[] }) {
  const now = new Date();
  return (
    <Table label="The first deliveries" framed minWidth={820}>
      <thead>
        <tr>
          <Th lead className="w-30">
            Status now
          </Th>
          <Th className="w-44">Event type</Th>
          <Th>Endpoint</Th>
          <Th className="w-24">Response</Th>
          <Th className="w-40">Created</Th>
          <Th className="w-32">ID</Th>
          <Th className="w-52">What happens</Th>
        </tr>
      </thead>
      <tbody>
        {found.map(({ delivery, why }) => (
          <Tr key={delivery.id}>
            <Td lead>
              <StatusBadge status={shownStatus(delivery, now)} quiet />
            </Td>
            <Td title={delivery.eventType}>{delivery.eventType}</Td>
            <Td>{delivery.endpoint && <UrlText url={delivery.endpoint.url} />}</Td>
            <Td className="mono">
              {delivery.lastOutcome ? answerWord(delivery.lastOutcome, delivery.lastStatusCode) : "–"}
            </Td>
            <Td>
              <Time at={delivery.createdAt} />
            </Td>
            <Td>
              <Link href={pagePath(slug, "dlv", delivery.id)} className="hover:underline">
                <ShortId id={formatId("dlv", delivery.id)} />
              </Link>
            </Td>
            <Td className={why ? "text-fg-2" : undefined} title={why ? LEFT_OUT_WORDS[why] : undefined}>
              {why ? `Left out: ${LEFT_OUT_WORDS[why]}` : `Attempt ${delivery.attempts + 1}`}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
