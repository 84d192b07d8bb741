import { CircleX, type LucideIcon, PauseCircle, TriangleAlert, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import type { EndpointHealth } from "@/lib/endpoints/states.ts";
import type { Health } from "@/lib/reports/health.ts";
import { Note } from "./note";
import { othersWords, TypeWords } from "./type-words";

const LOOKS = {
  degraded: { icon: TriangleAlert, colour: "text-warn", word: "Degraded" },
  failing: { icon: CircleX, colour: "text-bad", word: "Failing" },
  paused: { icon: PauseCircle, colour: "text-fg-2", word: "Paused" },
  disabled: { icon: Unplug, colour: "text-bad", word: "Disabled" },
} satisfies Record<Exclude<EndpointHealth, "healthy">, { icon: LucideIcon; colour: string; word: string }>;

/** What follows from a state that somebody chose. */
const CONSEQUENCES: Partial<Record<EndpointHealth, string>> = {
  paused: "New deliveries are held, and released when you resume.",
  disabled: "It gets no new deliveries; events of this time are not caught up.",
};

type StatusNoteProps = {
  health: Health;
  /** Who paused or disabled it. */
  actor: string | null;
  /** What it did last, after its name: "answers 500"; null when that was a success. */
  lastError?: string | null;
  /** What can be done about it. */
  action?: ReactNode;
};

/** Why an endpoint is not healthy, since when, by whom, and what to do. */
export function StatusNote({ health: { health, reason, since, types }, actor, lastError, action }: StatusNoteProps) {
  if (health === "healthy") return null;
  const { icon, colour, word } = LOOKS[health];
  const chosen = health === "paused" || health === "disabled";
  return (
    <Note icon={icon} colour={colour} action={action}>
      {word}
      {chosen && actor && ` by ${actor}`}
      {since && (
        <>
          {" since "}
          <Time at={since} />
        </>
      )}
      {types ? (
        <>
          : <TypeWords types={types} />. {othersWords(types)}
        </>
      ) : (
        `${reason ? `: ${reason}` : ""}.`
      )}{" "}
      {health === "disabled" && lastError && `Last it ${lastError}. `}
      <span className={cn(chosen && "text-fg-2")}>{CONSEQUENCES[health]}</span>
    </Note>
  );
}
