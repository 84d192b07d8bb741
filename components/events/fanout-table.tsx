import Link from "next/link";
import { Answer, Attempts } from "@/components/deliveries/delivery-cells";
import { deliveryRowView, isRetryable } from "@/components/deliveries/row-view";
import { pagePath } from "@/components/shell/paths";
import { UrlText } from "@/components/ui/chips";
import { ActionForm } from "@/components/ui/form";
import { urlParts } from "@/components/ui/format";
import { StatusBadge } from "@/components/ui/status-badge";
import { SubmitButton } from "@/components/ui/submit-button";
import { None, RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatId } from "@/lib/ids.ts";
import type { FanoutRow } from "@/lib/reports/fanout.ts";
import type { FormAction } from "@/lib/web/action.ts";
import { ReplayTo } from "./replay-form";

/** So many earlier deliveries are shown beside the latest one. */
const MOST_EARLIER = 3;
const CARD = "max-md:block max-md:h-auto max-md:min-h-5 max-md:border-0 max-md:p-0";
const CARD_ROW =
  "max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-1 max-md:border-b max-md:px-3 max-md:py-2.5 max-md:last:border-b-0";

type FanoutTableProps = {
  slug: string;
  rows: FanoutRow[];
  zone: string;
  now: Date;
  /** Of one who may retry. */
  retry: FormAction | null;
};

/** Endpoint by endpoint, how the event's latest delivery to it stands. */
export function FanoutTable({ slug, rows, zone, now, retry }: FanoutTableProps) {
  return (
    <Table label="Deliveries by endpoint" framed className="max-md:block">
      <thead className="max-md:hidden">
        <Tr>
          <Th lead className="w-34">
            Status
          </Th>
          <Th>Endpoint</Th>
          <Th className="w-24">Attempts</Th>
          <Th className="w-30">Response</Th>
          <Th end className="w-32">
            Next or last
          </Th>
          <Th className="w-36 pl-6 max-lg:hidden">Before</Th>
          <Th end className="w-22">
            <span className="sr-only">Actions</span>
          </Th>
        </Tr>
      </thead>
      <tbody className="max-md:block">
        {rows.map((row) => (
          <FanoutLine key={row.endpoint.id} slug={slug} row={row} zone={zone} now={now} retry={retry} />
        ))}
      </tbody>
    </Table>
  );
}

type FanoutLineProps = Omit<FanoutTableProps, "rows"> & { row: FanoutRow };

function FanoutLine({ slug, row: { endpoint, deliveries }, zone, now, retry }: FanoutLineProps) {
  const [latest, ...earlier] = deliveries;
  if (!latest) return null;
  const view = deliveryRowView(latest, zone, now);
  const href = pagePath(slug, "dlv", latest.id);
  return (
    <Tr className={CARD_ROW}>
      <Td lead className={`${CARD} max-md:order-2`}>
        <StatusBadge status={view.shown} quiet />
      </Td>
      <Td className={`${CARD} max-md:order-1`} title={endpoint.url}>
        <RowLink href={href} prefetch={false}>
          <EndpointLabel {...endpoint} />
        </RowLink>
      </Td>
      <Td className={`${CARD} max-md:order-3`}>
        <Attempts attempts={view.attempts} />
      </Td>
      <Td className={`${CARD} max-md:order-4`} title={latest.reason ?? undefined}>
        <Answer answer={view.answer} took={view.took} />
      </Td>
      <Td end className="max-md:hidden">
        {view.next ? (
          <span title={view.next.title}>{view.next.relative}</span>
        ) : latest.finishedAt ? (
          <Time at={latest.finishedAt} mode="relative" />
        ) : (
          <None />
        )}
      </Td>
      <Td className="pl-6 max-lg:hidden">
        {earlier.length === 0 ? <None /> : <Earlier slug={slug} earlier={earlier} zone={zone} now={now} />}
      </Td>
      <Td end className={`${CARD} max-md:order-5 max-md:col-span-2`}>
        {retry && isRetryable(view.shown) && (
          <Retry slug={slug} action={retry} delivery={view.id} host={urlParts(endpoint.url).host} />
        )}
      </Td>
    </Tr>
  );
}

type EarlierProps = { slug: string; earlier: FanoutRow["deliveries"]; zone: string; now: Date };

/** What a replay came after. */
function Earlier({ slug, earlier, zone, now }: EarlierProps) {
  return (
    <span className="relative z-1 inline-flex items-center gap-1">
      {earlier.slice(0, MOST_EARLIER).map((delivery) => (
        <Link key={delivery.id} href={pagePath(slug, "dlv", delivery.id)} prefetch={false}>
          <StatusBadge status={deliveryRowView(delivery, zone, now).shown} quiet />
        </Link>
      ))}
      {earlier.length > MOST_EARLIER && <span className="text-fg-3">+{earlier.length - MOST_EARLIER}</span>}
    </span>
  );
}

type RetryProps = { slug: string; action: FormAction; delivery: string; host: string };

function Retry({ slug, action, delivery, host }: RetryProps) {
  return (
    <ActionForm action={action} workspace={slug} feedback="toast" className="relative z-1 inline-block">
      <input type="hidden" name="delivery" value={delivery} />
      <SubmitButton variant="secondary" size="sm">
        Retry<span className="sr-only"> to {host}</span>
      </SubmitButton>
    </ActionForm>
  );
}

export function EndpointLabel({ description, url }: { description: string; url: string }) {
  return description ? <span className="font-medium">{description}</span> : <UrlText url={url} />;
}

type NotSentProps = { slug: string; eventId: string; rows: FanoutRow[]; replay: FormAction | null };

/** Endpoints that nothing was sent to, each with the reason, and the way to send it there all the same. */
export function NotSentList({ slug, eventId, rows, replay }: NotSentProps) {
  return (
    <ul className="rounded-card border">
      {rows.map(({ endpoint, reason, clause }) => (
        <li
          key={endpoint.id}
          className="grid min-h-11 grid-cols-[minmax(0,16rem)_minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b py-1.5 pr-1.5 pl-3 text-sm last:border-b-0 max-md:grid-cols-1"
        >
          <Link href={pagePath(slug, "ep", endpoint.id)} className="truncate hover:underline" title={endpoint.url}>
            <EndpointLabel {...endpoint} />
          </Link>
          <span className="text-fg-2 [overflow-wrap:anywhere]">
            {clause ? (
              <>
                Its filter said no: <span className="mono text-code-key">{clause.path}</span> is{" "}
                <mark className="mono px-0.5">{clause.actual}</mark>, wanted{" "}
                <span className="mono text-fg">{clause.condition}</span>
              </>
            ) : (
              reason
            )}
          </span>
          {replay && endpoint.status !== null && endpoint.status !== "disabled" && (
            <ReplayTo
              slug={slug}
              action={replay}
              eventId={eventId}
              endpointId={formatId("ep", endpoint.id)}
              host={urlParts(endpoint.url).host}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
