import { shownStatus } from "@/components/deliveries/row-view";
import { pagePath } from "@/components/shell/paths";
import { ShortId, UrlText } from "@/components/ui/chips";
import { StatusBadge } from "@/components/ui/status-badge";
import { None, RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { LEFT_OUT_WORDS } from "@/lib/bulk-jobs/left-out.ts";
import type { JobItem } from "@/lib/bulk-jobs/queries.ts";
import { answerWord } from "@/lib/delivery/outcome-words.ts";
import { formatId } from "@/lib/ids.ts";

const STATES = {
  waiting: "To come",
  open: "In line or sending",
  delivered: "Delivered",
  failed: "Failed",
  retrying: "Failed, will be tried again",
  discarded: "Discarded",
  skipped: "Left out",
} satisfies Record<JobItem["state"], string>;

/** What a job did with each delivery, beside what the delivery is now. */
export function JobItems({ slug, items }: { slug: string; items: JobItem[] }) {
  const now = new Date();
  return (
    <Table label="Deliveries of this job" framed minWidth={820}>
      <thead>
        <tr>
          <Th lead className="w-36">
            ID
          </Th>
          <Th className="w-40">Event type</Th>
          <Th>Endpoint</Th>
          <Th className="w-64">In this job</Th>
          <Th className="w-24">Response</Th>
          <Th className="w-32">Status now</Th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ deliveryId, state, skipped, delivery }) => (
          <Tr key={deliveryId} bar={state === "failed" ? "bad" : undefined}>
            <Td lead>
              {delivery ? (
                <RowLink href={pagePath(slug, "dlv", deliveryId)}>
                  <ShortId id={formatId("dlv", deliveryId)} />
                </RowLink>
              ) : (
                <ShortId id={formatId("dlv", deliveryId)} className="text-fg-2" />
              )}
            </Td>
            <Td title={delivery?.eventType}>{delivery?.eventType ?? <None />}</Td>
            <Td>{delivery?.endpoint ? <UrlText url={delivery.endpoint.url} /> : <None />}</Td>
            <Td className="text-fg-2" title={skipped ? LEFT_OUT_WORDS[skipped] : undefined}>
              {skipped ? `Left out: ${LEFT_OUT_WORDS[skipped]}` : STATES[state]}
            </Td>
            <Td className="mono">
              {delivery?.lastOutcome ? answerWord(delivery.lastOutcome, delivery.lastStatusCode) : <None />}
            </Td>
            <Td>{delivery ? <StatusBadge status={shownStatus(delivery, now)} quiet /> : <None />}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
