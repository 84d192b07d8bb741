import { LIVE_TOPICS } from "../live/channel.ts";
import { type LiveHub, liveHub, type Stream } from "../live/hub.ts";

/** So that proxies keep the stream open, and the tab knows that it still leads somewhere. */
const BEAT_EVERY_MS = 15_000;
/** Then the tab comes again, and is asked anew who it is. */
const LONGEST_MS = 10 * 60_000;
const RETRY_MS = 2_000;
/** A tab that has not read so many events does not read at all. */
const MOST_UNREAD = 32;

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  // Compressed, it would arrive when a block is full.
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

/**
 * Server-sent events about one workspace, which say that something changed and never what. `mark` is the last that the
 * tab heard of: when more has happened since, it is told at once.
 */
export function liveStream(
  workspaceId: string,
  mark: string | null,
  signal: AbortSignal,
  hub: LiveHub = liveHub(),
): Response {
  if (!hub.hasRoom) return new Response("No more streams", { status: 503, headers: { "retry-after": "30" } });
  let leave = () => {};
  const body = new ReadableStream<string>({
    start(controller) {
      const send = (event: string, data: string, id?: string) => {
        if (ended) return;
        if ((controller.desiredSize ?? 0) < -MOST_UNREAD) return end();
        controller.enqueue(`${id ? `id: ${id}\n` : ""}event: ${event}\ndata: ${data}\n\n`);
      };
      let ended = false;
      const end = () => {
        if (ended) return;
        ended = true;
        leave();
        controller.close();
      };
      const stream: Stream = {
        workspaceId,
        changed: (topics, id) => send("change", topics.join(","), id),
        hearing: (isHearing) => send("state", isHearing ? "live" : "deaf"),
        end,
      };
      const beating = setInterval(() => send("beat", "1"), BEAT_EVERY_MS);
      const ending = setTimeout(end, LONGEST_MS);
      leave = () => {
        clearInterval(beating);
        clearTimeout(ending);
        hub.leave(stream);
      };
      hub.join(stream);
      signal.addEventListener("abort", () => leave(), { once: true });
      const now = hub.mark(workspaceId);
      controller.enqueue(`retry: ${RETRY_MS}\n`);
      send("state", hub.isHearing ? "live" : "deaf", now);
      if (mark !== now) send("change", LIVE_TOPICS.join(","), now);
    },
    cancel: () => leave(),
  });
  return new Response(body.pipeThrough(new TextEncoderStream()), { headers: HEADERS });
}
