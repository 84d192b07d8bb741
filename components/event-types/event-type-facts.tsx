import { FactList, FactRow } from "@/components/ui/fact-list";
import { formatCount } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import type { EventTypeDetail, EventTypeEffects } from "@/lib/event-types/queries.ts";
import { ENFORCEMENT_WORDS } from "./enforcement-words";

export function EventTypeFacts({ type, effects }: { type: EventTypeDetail; effects: EventTypeEffects }) {
  return (
    <FactList>
      <FactRow name="Last 24 h">
        {effects.atLeast && "at least "}
        {formatCount(effects.eventsLastDay, "event")}
      </FactRow>
      <FactRow name="Mismatch">
        {type.schema ? ENFORCEMENT_WORDS[type.enforcement].label : "Nothing to match: no schema"}
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
