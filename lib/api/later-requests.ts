import { type LiveHub, liveHub, type Stream } from "../live/hub.ts";
import type { RequestFilter } from "../reports/request-filter.ts";
import { listRequests, type RequestRow } from "../reports/requests.ts";

/** Shorter than proxies allow an answer to take. */
export const LONGEST_WAIT_SECONDS = 20;
/** Each looks into the database while it waits; more than these are answered at once. */
const MOST_WAITING = 200;
/** Nobody is told of every change, so it is looked after as often even when nothing is heard. */
const LOOK_EVERY_MS = 1_000;

type Asked = { after: string; limit: number; waitSeconds: number };

let waiting = 0;

/** Requests received after one, the oldest first; when there are none, it waits for the first. */
export async function listLaterRequests(
  workspaceId: string,
  filter: RequestFilter,
  { after, limit, waitSeconds }: Asked,
  hub: LiveHub = liveHub(),
): Promise<RequestRow[]> {
  const until = performance.now() + waitSeconds * 1_000;
  for (;;) {
    const { rows } = await listRequests(workspaceId, filter, { after, limit });
    const leftMs = until - performance.now();
    if (rows.length > 0 || leftMs <= 0 || waiting >= MOST_WAITING || !hub.hasRoom) return rows.reverse();
    await aChange(workspaceId, Math.min(leftMs, LOOK_EVERY_MS), hub);
  }
}

/** Over with the next change of the workspace, with the process, or when the time is up. */
async function aChange(workspaceId: string, withinMs: number, hub: LiveHub): Promise<void> {
  waiting++;
  const { promise, resolve } = Promise.withResolvers<void>();
  const stream: Stream = { workspaceId, changed: () => resolve(), hearing: () => {}, end: () => resolve() };
  const timer = setTimeout(resolve, withinMs);
  hub.join(stream);
  await promise;
  clearTimeout(timer);
  hub.leave(stream);
  waiting--;
}
