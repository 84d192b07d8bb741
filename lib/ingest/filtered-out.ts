import { judgeOf } from "../filters/judge-event.ts";
import { newId } from "../ids.ts";
import type { NewEvent } from "./new-event.ts";
import type { Route } from "./routing.ts";

/** A delivery that is over before it began, because the endpoint's filter did not want the event. */
export type FilteredOut = { id: string; endpointId: string; reason: string; unclear: boolean };

type Asked = { routes: Route[]; filteredOut?: FilteredOut[] };

/** Asks the filters of those endpoints that have one; for all others this costs nothing. */
export function askFilters(event: NewEvent, routes: Route[]): Asked {
  if (!routes.some(({ filter }) => filter)) return { routes };
  const judge = judgeOf(event);
  const filteredOut: FilteredOut[] = [];
  const wanting = routes.filter(({ id: endpointId, filter }) => {
    const verdict = filter && judge(filter);
    if (!verdict || verdict.wanted) return true;
    filteredOut.push({ id: newId(), endpointId, reason: verdict.reason, unclear: verdict.unclear });
    return false;
  });
  return filteredOut.length > 0 ? { routes: wanting, filteredOut } : { routes };
}
