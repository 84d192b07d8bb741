import Link from "next/link";
import { attemptsView } from "@/components/deliveries/attempts-view";
import { FactStrip } from "@/components/deliveries/fact-strip";
import { FORMAT_WORDS } from "@/components/endpoints/format-words";
import { pagePath } from "@/components/shell/paths";
import { ShortId } from "@/components/ui/chips";
import { CopyButton } from "@/components/ui/copy-button";
import { Time } from "@/components/ui/time";
import type { Format } from "@/lib/endpoints/states.ts";
import { formatId } from "@/lib/ids.ts";
import type { Edit } from "@/lib/replay/edits.ts";
import type { DeliveryDetail } from "@/lib/reports/delivery.ts";

type FactsProps = {
  delivery: DeliveryDetail;
  slug: string;
  format: Format;
  /** What was made from its event by editing it. */
  edits: Edit[];
};

/** When, how often, and what it belongs to. */
export function Facts({ delivery, slug, format, edits }: FactsProps) {
  const { planned, extra } = attemptsView(delivery);
  const manual = delivery.attemptList.filter(({ trigger }) => trigger === "manual").length;
  const batch = delivery.attemptList.at(-1)?.batchId;
  const eventId = formatId("evt", delivery.eventId);
  const id = formatId("dlv", delivery.id);
  const eventLink = (event: string) => (
    <Link href={`/w/${slug}/events/${event}`} className="link">
      <ShortId id={event} />
    </Link>
  );
  const facts = [
    { name: "Created", value: <Time at={delivery.createdAt} mode="both" /> },
    {
      name: "Attempts",
      value: (
        <>
          {planned}{" "}
          {extra > 0 && (
            <span className="text-fg-3">{`+${extra} ${manual === extra ? "manual" : "beside the schedule"}`}</span>
          )}
        </>
      ),
    },
    {
      name: "Event",
      value: eventLink(eventId),
    },
    {
      name: "Delivery",
      value: (
        <span className="inline-flex items-center">
          <ShortId id={id} />
          <CopyButton text={id} label="Copy delivery ID" size="xs" className="-my-1" />
        </span>
      ),
    },
    delivery.event?.sourceId &&
      delivery.event.requestId && {
        name: "Request",
        value: (
          <Link
            href={`${pagePath(slug, "src", delivery.event.sourceId)}/requests/${formatId("req", delivery.event.requestId)}`}
            className="link"
          >
            <ShortId id={formatId("req", delivery.event.requestId)} />
          </Link>
        ),
      },
    delivery.event?.editedFrom && {
      name: "Edited from",
      value: eventLink(formatId("evt", delivery.event.editedFrom)),
    },
    edits[0] && {
      name: edits.length === 1 ? "Edited and replayed as" : `Edited ${edits.length} times, last as`,
      value: (
        <>
          {eventLink(edits[0].eventId)} <span className="text-fg-3">by {edits[0].by}</span>
        </>
      ),
    },
    { name: "Format", value: FORMAT_WORDS[format].label },
    delivery.customer && { name: "Customer", value: delivery.customer },
    delivery.event?.idempotencyKey && {
      name: "Idempotency key",
      value: <span className="mono">{delivery.event.idempotencyKey}</span>,
    },
    delivery.event?.orderingKey && {
      name: "Ordering key",
      value: <span className="mono">{delivery.event.orderingKey}</span>,
    },
    delivery.event?.deliverAt && { name: "Deliver at", value: <Time at={delivery.event.deliverAt} mode="both" /> },
    batch && {
      name: "Sent together as",
      value: (
        <span className="mono" title={batch}>
          <ShortId id={batch} />
        </span>
      ),
    },
    delivery.replayOf && {
      name: "Replay of",
      value: (
        <Link href={`/w/${slug}/deliveries/${formatId("dlv", delivery.replayOf)}`} className="link">
          <ShortId id={formatId("dlv", delivery.replayOf)} />
        </Link>
      ),
    },
  ];
  return <FactStrip facts={facts.filter((fact) => typeof fact === "object" && fact !== null)} />;
}
