import type { Sql } from "../db.ts";
import type { FormattedEvent } from "../formats/outgoing.ts";
import { DROPPED } from "../transformations/words.ts";
import type { ByteBudget } from "./byte-budget.ts";
import type { Configuration } from "./configuration.ts";
import { crowdedOut, decideAfterSending, decideBeforeSending, dropped, type Outgoing, putBack } from "./decide.ts";
import { formattedEvent, written } from "./formatted-event.ts";
import type { Crowding } from "./gate/crowding.ts";
import { type Claimed, type EventRow, loadPayload } from "./load.ts";
import { post, unsent } from "./post.ts";
import type { Send } from "./send.ts";
import type { Settlement } from "./settlement.ts";
import { transformed } from "./transformed.ts";

export type Tools = { sql: Sql; send: Send; budget: ByteBudget; crowding: Crowding; stopped: AbortSignal };

export type Ready = Outgoing & { event: EventRow; configuration: Configuration };

/** One claimed delivery: decide, sign, send, and what follows from how it went. */
export async function deliver(claimed: Claimed, tools: Tools): Promise<Settlement> {
  const ready = readyToGo(claimed);
  return "job" in ready ? ready : withPayload(ready, tools);
}

/** All that sending takes, or what becomes of a delivery that is not to be sent. */
export function readyToGo(claimed: Claimed): Ready | Settlement {
  const settlement = decideBeforeSending(claimed);
  if (settlement) return settlement;
  const { delivery, event, endpoint } = claimed;
  if (!delivery || !event || !endpoint) throw new Error("A delivery without its rows is not for sending");
  const { configuration, problem } = endpoint;
  if (configuration) {
    return { claimed, delivery, schedule: configuration.schedule ?? claimed.typeSchedule, event, configuration };
  }
  // A broken configuration is an attempt like any other, on record and retried: somebody may put it right.
  const unread = { claimed, delivery, schedule: claimed.typeSchedule };
  return decideAfterSending(unread, unsent(problem ?? "The endpoint's configuration could not be read"));
}

async function withPayload(ready: Ready, tools: Tools): Promise<Settlement> {
  const { event } = ready;
  if (event.payload) return send(ready, event.payload, tools);
  // A claim ends after two minutes, whatever it waits for: then another worker would send the same beside this one.
  if (!(await tools.budget.take(event.bytes))) return putBack(ready, tools.stopped.aborted);
  try {
    const payload = await loadPayload(tools.sql, event.id);
    if (!payload || tools.stopped.aborted) return putBack(ready, true);
    return await send(ready, payload, tools);
  } finally {
    tools.budget.giveBack(event.bytes);
  }
}

async function send(ready: Ready, payload: Buffer, tools: Tools): Promise<Settlement> {
  const { configuration } = ready;
  const made = await outgoing(ready, payload, tools);
  if ("job" in made) return made;
  const formatted = written(configuration.format, ({ one }) => one(made));
  if ("problem" in formatted) return decideAfterSending(ready, unsent(formatted.problem));
  const { forwarded } = ready.event;
  const sent = await post(made.id, forwarded ? { ...formatted, forwarded } : formatted, configuration, tools);
  if (!sent) return tools.stopped.aborted ? putBack(ready, true) : standInLine(ready, tools);
  return decideAfterSending(ready, sent);
}

/** The event as it goes out, or what becomes of its delivery when it does not. */
export async function outgoing(ready: Ready, payload: Buffer, tools: Tools): Promise<FormattedEvent | Settlement> {
  const { configuration, event } = ready;
  const stored = formattedEvent(event, payload, configuration.workspaceSlug);
  if (configuration.transformation === null) return stored;
  const made = await transformed(event, stored, configuration, configuration.transformation);
  if (made.result === "event") return made.event;
  if (made.result === "dropped") return dropped(ready, DROPPED);
  if (made.result === "failed") return decideAfterSending(ready, unsent(made.detail));
  return tools.stopped.aborted ? putBack(ready, true) : standInLine(ready, tools);
}

/** All its lines, or all that transforms, were busy for too long: places here are for those that can be sent now. */
export async function standInLine(ready: Ready, { crowding }: Tools): Promise<Settlement> {
  await crowding.note(ready.configuration.endpointId);
  return crowdedOut(ready);
}
