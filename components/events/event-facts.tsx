import { Tag } from "@/components/ui/badge";
import { Fact, Facts } from "@/components/ui/facts";
import { formatBytes } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import type { EventDetail } from "@/lib/reports/events.ts";

/** What is known about an event beside its payload. */
export function EventFacts({ event }: { event: EventDetail }) {
  const tags = Object.entries(event.tags ?? {});
  return (
    <Facts>
      <Fact name="Accepted">
        <Time at={event.acceptedAt} mode="both" />
      </Fact>
      <Fact name="Happened">
        <Time at={event.occurredAt} />
      </Fact>
      {event.customer && <Fact name="Customer">{event.customer}</Fact>}
      {event.idempotencyKey && (
        <Fact name="Idempotency key">
          <span className="mono">{event.idempotencyKey}</span>
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
