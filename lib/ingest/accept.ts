import { commitTogether } from "./group-commit.ts";
import type { KeptRequest } from "./kept-request.ts";
import type { Acceptance, NewEvent } from "./new-event.ts";

export type { Acceptance, NewEvent } from "./new-event.ts";

type Caller = { keyId?: string };

/** Takes an event in. Resolves after the commit that holds the event, its deliveries and their jobs, or with why not. */
export async function accept(event: NewEvent, caller: Caller = {}): Promise<Acceptance> {
  const [answer] = await acceptBatch([event], { ...caller, atomic: false });
  if (!answer) throw new Error("An event got no answer");
  return answer;
}

/** Takes several events in, in one transaction: all or none of them, or those that are fine. One answer each. */
export function acceptBatch(
  events: NewEvent[],
  { keyId, atomic }: Caller & { atomic: boolean },
): Promise<Acceptance[]> {
  return new Promise((answer) => {
    commitTogether({ events, atomic, keyId: keyId ?? null, since: performance.now(), answered: false, answer });
  });
}

/** Keeps an inbound call and takes its events in, in one transaction: all of it or nothing. One answer for each event. */
export function acceptRequest(request: KeptRequest, events: NewEvent[]): Promise<Acceptance[]> {
  return new Promise((answer) => {
    commitTogether({ events, atomic: true, keyId: null, request, since: performance.now(), answered: false, answer });
  });
}
