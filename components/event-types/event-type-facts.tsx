import { FactList, FactRow } from "@/components/ui/fact-list";
import { formatCount } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import { DEFAULT_SCHEDULE } from "@/lib/delivery/retry-policy.ts";
import { describeSchedule, formatSchedule } from "@/lib/endpoints/schedule-text.ts";
import type { EventTypeDetail, EventTypeEffects } from "@/lib/event-types/queries.ts";
import { ENFORCEMENT_WORDS } from "./enforcement-words";

export function EventTypeFacts({ type, effects }: { type: EventTypeDetail; effects: EventTypeEffects }) {
  const schedule = type.retrySchedule ?? DEFAULT_SCHEDULE;
  return (
    <FactList>
      <FactRow name="Last 24 h">
        {effects.atLeast && "at least "}
        {formatCount(effects.eventsLastDay, "event")}
      </FactRow>
      <FactRow name="Mismatch">
        {type.schema ? ENFORCEMENT_WORDS[type.enforcement].label : "Nothing to match: no schema"}
      </FactRow>
      <FactRow name="Retries">
        <span title={formatSchedule(schedule)}>{describeSchedule(schedule)}</span>
        {type.retrySchedule === null && <span className="text-fg-3">, the default</span>}
      </FactRow>
      <FactRow name="Version">{type.version === 0 ? "None" : type.version}</FactRow>
      <FactRow name="Created">
        <Time at={type.createdAt} />
      </FactRow>
      {type.archivedAt && (
        <FactRow name="Archived">
          <Time at={type.archivedAt} />
        </FactRow>
      )}
    </FactList>
  );
}
