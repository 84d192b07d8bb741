import Link from "next/link";
import { pagePath } from "@/components/shell/paths";
import { Tag } from "@/components/ui/badge";
import { ShortId } from "@/components/ui/chips";
import { Fact, Facts } from "@/components/ui/facts";
import { formatBytes } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import { formatId } from "@/lib/ids.ts";
import type { Edit } from "@/lib/replay/edits.ts";
import type { EventDetail } from "@/lib/reports/events.ts";

type EventFactsProps = {
  slug: string;
  event: EventDetail;
  /** Null when its idempotency key is free again. */
  duplicatesUntil: Date | null;
  edits: Edit[];
};

/** What is known about an event beside its payload. */
export function EventFacts({ slug, event, duplicatesUntil, edits }: EventFactsProps) {
  const tags = Object.entries(event.tags ?? {});
  return (
    <Facts>
      <Fact name="Accepted">
        <Time at={event.acceptedAt} mode="both" />
      </Fact>
      <Fact name="Happened">
        <Time at={event.occurredAt} />
      </Fact>
      {event.editedFrom && (
        <Fact name="Edited from">
          <Link href={pagePath(slug, "evt", event.editedFrom)} className="link">
            <ShortId id={formatId("evt", event.editedFrom)} />
          </Link>
        </Fact>
      )}
      {edits[0] && (
        <Fact name={edits.length === 1 ? "Edited and replayed as" : `Edited ${edits.length} times, last as`}>
          <Link href={`/w/${slug}/events/${edits[0].eventId}`} className="link">
            <ShortId id={edits[0].eventId} />
          </Link>{" "}
          <span className="text-fg-3">by {edits[0].by}</span>
        </Fact>
      )}
      {event.customer && <Fact name="Customer">{event.customer}</Fact>}
      {event.idempotencyKey && (
        <Fact name="Idempotency key">
          <Link
            href={`/w/${slug}/events?key=${encodeURIComponent(event.idempotencyKey)}&range=all`}
            className="mono link"
            title="Events with this key"
          >
            {event.idempotencyKey}
          </Link>
          {duplicatesUntil && (
            <span className="block text-fg-3 text-xs">
              repeats are answered with this event until <Time at={duplicatesUntil} />
            </span>
          )}
        </Fact>
      )}
      {event.orderingKey && (
        <Fact name="Ordering key">
          <span className="mono">{event.orderingKey}</span>
        </Fact>
      )}
      {event.deliverAt && (
        <Fact name="Deliver at">
          <Time at={event.deliverAt} mode="both" />
        </Fact>
      )}
      <Fact name="Size">
        <span className="mono">{formatBytes(event.payload.length)}</span>
      </Fact>
      {tags.length > 0 && (
        <Fact name="Tags">
          <span className="flex flex-wrap gap-1">
            {tags.map(([name, value]) => (
              <Tag key={name}>
                {name}: {value}
              </Tag>
            ))}
          </span>
        </Fact>
      )}
    </Facts>
  );
}
