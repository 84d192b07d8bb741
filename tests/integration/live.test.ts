import { afterEach, expect, test } from "vitest";
import { hotSql, queueSql } from "../../lib/db.ts";
import { newId } from "../../lib/ids.ts";
import { announceChange, announceNow } from "../../lib/live/announce.ts";
import { LIVE_CHANNEL, type LiveTopic } from "../../lib/live/channel.ts";
import { LiveHub, liveHub, type Stream } from "../../lib/live/hub.ts";
import { liveStream } from "../../lib/web/live-stream.ts";
import { testDatabase } from "../support/database.ts";
import { roadTo } from "../support/database-road.ts";
import { aQueuedDelivery, aSignedEndpoint, aWorker } from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { faultReceiver } from "../support/receiver.ts";
import { aWorkspace } from "../support/traffic.ts";

const url = await testDatabase();
// What listens goes another way than what speaks, one that can be cut.
const road = await roadTo(url);
process.env.DATABASE_DIRECT_URL = road.url;

const hubs: LiveHub[] = [];
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()));
});

function aHub(beatEveryMs?: number): LiveHub {
  const hub = new LiveHub(beatEveryMs);
  hubs.push(hub);
  return hub;
}

/** A stream that notes what it is told. */
function aStream(workspaceId: string) {
  const told = { topics: [] as LiveTopic[][], marks: [] as string[], hearing: [] as boolean[], ended: 0 };
  const stream: Stream = {
    workspaceId,
    changed: (topics, mark) => {
      told.topics.push(topics);
      told.marks.push(mark);
    },
    hearing: (isHearing) => told.hearing.push(isHearing),
    end: () => told.ended++,
  };
  return { stream, told };
}

/** Joined, and past the change that everybody is told when listening begins. */
async function joined(hub: LiveHub, workspaceId: string) {
  const { stream, told } = aStream(workspaceId);
  hub.join(stream);
  await eventually(() => hub.isHearing);
  hub.join(stream);
  await eventually(() => told.topics.length > 0 || hub.mark(workspaceId).endsWith("-0"));
  told.topics.length = 0;
  told.hearing.length = 0;
  return { stream, told };
}

async function pidsThatListen(): Promise<number[]> {
  const rows = await hotSql()<{ pid: number }[]>`
    select pid from pg_stat_activity where datname = current_database() and query = ${`listen "${LIVE_CHANNEL}"`}`;
  return rows.map(({ pid }) => pid);
}

test("a change of one workspace reaches its streams in every process, and nobody else's", async () => {
  const [mine, other] = [newId(), newId()];
  const [first, second] = [aHub(), aHub()];
  const one = await joined(first, mine);
  const two = await joined(second, mine);
  const stranger = await joined(first, other);
  announceChange(mine);
  await eventually(() => one.told.topics.length === 1 && two.told.topics.length === 1);
  expect([one.told.topics, two.told.topics]).toEqual([[["deliveries"]], [["deliveries"]]]);
  expect(stranger.told.topics).toEqual([]);
});

test("jobs and deliveries are told apart", async () => {
  const workspaceId = newId();
  const { told } = await joined(aHub(), workspaceId);
  announceChange(workspaceId, "jobs");
  await eventually(() => told.topics.length === 1);
  expect(told.topics).toEqual([["jobs"]]);
});

test("however many deliveries change, a process speaks a few times a second", async () => {
  const workspaceId = newId();
  const spoken: string[] = [];
  const { unlisten } = await queueSql().listen(LIVE_CHANNEL, (message) => spoken.push(message));
  const until = performance.now() + 1_000;
  let marked = 0;
  while (performance.now() < until) {
    for (let n = 0; n < 1_000; n++) announceChange(workspaceId);
    marked += 1_000;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await announceNow();
  await eventually(() => spoken.length > 0);
  expect(marked).toBeGreaterThan(20_000);
  expect(spoken.length).toBeLessThanOrEqual(6);
  await unlisten();
});

test("one connection listens, however many tabs there are, and a hundred of them are told", async () => {
  const workspaceId = newId();
  const hub = aHub();
  const tabs = Array.from({ length: 100 }, () => aStream(workspaceId));
  for (const { stream } of tabs) hub.join(stream);
  await eventually(() => tabs.every(({ told }) => told.topics.length > 0));
  announceChange(workspaceId);
  await eventually(() => tabs.every(({ told }) => told.topics.some((topics) => topics.length === 1)));
  expect(await pidsThatListen()).toHaveLength(1);
});

test("a listening connection that is lost comes back, and everybody is told that something may have changed", async () => {
  const workspaceId = newId();
  const hub = aHub();
  const { told } = await joined(hub, workspaceId);
  const before = hub.mark(workspaceId);
  const [pid] = await pidsThatListen();
  await hotSql()`select pg_terminate_backend(${pid!})`;
  await eventually(() => told.topics.length > 0);
  expect(told.topics).toEqual([["deliveries", "jobs"]]);
  expect(hub.mark(workspaceId)).not.toBe(before);
  told.topics.length = 0;
  announceChange(workspaceId);
  await eventually(() => told.topics.length > 0);
});

test("a process that no longer hears itself says so, listens anew, and says that too", async () => {
  const workspaceId = newId();
  const hub = aHub(100);
  const { told } = await joined(hub, workspaceId);
  // The connection stands, and nothing arrives on it.
  road.swallowAfter("beat:");
  await eventually(() => told.hearing.at(0) === false);
  road.mend();
  await eventually(() => told.hearing.at(-1) === true);
  const before = hub.mark(workspaceId);
  announceChange(workspaceId);
  await eventually(() => told.marks.at(-1) === hub.mark(workspaceId) && hub.mark(workspaceId) !== before);
});

test("while the database is away nobody claims to be live, and when it is back they are", async () => {
  const workspaceId = newId();
  const hub = aHub(100);
  const { told } = await joined(hub, workspaceId);
  road.cut();
  await eventually(() => told.hearing.at(0) === false);
  road.mend();
  await eventually(() => told.hearing.at(-1) === true);
  const before = hub.mark(workspaceId);
  announceChange(workspaceId);
  await eventually(() => told.marks.at(-1) === hub.mark(workspaceId) && hub.mark(workspaceId) !== before);
});

test("what a worker records is told, and so is what it takes up from then on", async () => {
  const workspaceId = await aWorkspace();
  const receiver = await faultReceiver();
  const { told } = await joined(aHub(), workspaceId);
  const endpointId = await aSignedEndpoint(workspaceId, { url: `${receiver.url}/ok` });
  const worker = aWorker();
  await aQueuedDelivery(workspaceId, endpointId);
  await eventually(() => told.topics.length > 0);
  await worker.stop();
  await receiver.close();
});

/** The events of a stream as they come: `[event, data, id]`. */
async function* eventsOf(response: Response): AsyncGenerator<[string, string, string]> {
  let text = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const fields = new Map(
        text
          .slice(0, end)
          .split("\n")
          .map((line) => line.split(": ", 2) as [string, string]),
      );
      text = text.slice(end + 2);
      yield [fields.get("event") ?? "", fields.get("data") ?? "", fields.get("id") ?? ""];
    }
  }
}

async function next(events: AsyncGenerator<[string, string, string]>, event: string): Promise<string[]> {
  for (;;) {
    const { value, done } = await events.next();
    if (done) throw new Error("The stream ended");
    if (value[0] === event) return value;
  }
}

test("a tab that comes again is told at once when it missed something, and only then", async () => {
  const workspaceId = newId();
  const gone = new AbortController();
  const events = eventsOf(liveStream(workspaceId, null, gone.signal));
  await eventually(() => liveHub().isHearing);
  announceChange(workspaceId);
  await eventually(() => Number(liveHub().mark(workspaceId).split("-").at(-1)) > 0);
  await events.return(undefined);
  gone.abort();

  const mark = liveHub().mark(workspaceId);
  const same = eventsOf(liveStream(workspaceId, mark, new AbortController().signal));
  expect(await same.next()).toMatchObject({ value: ["state", "live", mark] });
  announceChange(workspaceId);
  const [, topics, id] = await next(same, "change");
  // A hub that heard nothing for a moment says of everything that it may have changed.
  expect(topics?.split(",")).toContain("deliveries");
  expect(id).not.toBe(mark);
  await same.return(undefined);

  const late = eventsOf(liveStream(workspaceId, mark, new AbortController().signal));
  expect((await late.next()).value).toMatchObject(["state", "live", id]);
  expect((await late.next()).value).toMatchObject(["change", "deliveries,jobs", id]);
  await late.return(undefined);
});

test("a tab that does not read is let go instead of being written to without end", async () => {
  const joinedStreams = new Set<Stream>();
  const hub = Object.assign(aHub(), {
    join: (stream: Stream) => joinedStreams.add(stream),
    leave: (stream: Stream) => joinedStreams.delete(stream),
  });
  const response = liveStream(newId(), null, new AbortController().signal, hub);
  const [stream] = joinedStreams;
  for (let n = 0; n < 20; n++) stream!.changed(["deliveries"], `x-${n}`);
  expect(joinedStreams.size).toBe(1);
  for (let n = 0; n < 100; n++) stream!.changed(["deliveries"], `x-${n}`);
  expect(joinedStreams.size).toBe(0);
  await response.body?.cancel();
});

test("when the process stops, streams end and no more are taken", async () => {
  const response = liveStream(newId(), null, new AbortController().signal);
  await liveHub().close();
  await new Response(response.body).text();
  expect(liveStream(newId(), null, new AbortController().signal).status).toBe(503);
});
