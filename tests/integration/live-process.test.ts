import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApiKey } from "../../lib/api-keys/commands.ts";
import { SYSTEM } from "../../lib/audit/record.ts";
import { closeDatabase } from "../../lib/db.ts";
import { createEventType } from "../../lib/event-types/commands.ts";
import { eventTypeInput } from "../../lib/event-types/input.ts";
import { urlOfRunning } from "../../lib/run/postgres.ts";
import { sessionCookieFor } from "../../lib/web/session-cookie.ts";
import { eventually } from "../support/eventually.ts";
import { aTeam, signedIn } from "../support/people.ts";
import { ensureBuilt, type Posthorn, startPosthorn, temporaryFolder } from "../support/posthorn.ts";
import { descendantRunning } from "../support/processes.ts";

const dataDir = temporaryFolder("live");
let posthorn: Posthorn;

beforeAll(async () => {
  await ensureBuilt();
  posthorn = await startPosthorn({ DATA_DIR: dataDir });
  const kept = (name: string) => fs.readFileSync(path.join(dataDir, name), "utf8").trim();
  Object.assign(process.env, {
    DATABASE_URL: urlOfRunning(dataDir),
    AUTH_SECRET: kept("auth-secret"),
    ENCRYPTION_KEY: kept("encryption-key"),
  });
}, 180_000);
afterAll(async () => {
  await closeDatabase();
  await posthorn.stop();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

/** What a stream has said so far, and whether it is over. */
type Heard = { text: string; isOver: boolean; close: () => void };

async function listenTo(slug: string, cookie: string): Promise<Heard> {
  const gone = new AbortController();
  const answer = await fetch(`${posthorn.url}/w/${slug}/live`, { headers: { cookie }, signal: gone.signal });
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  const heard: Heard = { text: "", isOver: false, close: () => gone.abort() };
  const read = async () => {
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) heard.text += chunk;
  };
  void read().then(
    () => Object.assign(heard, { isOver: true }),
    // A stream that is cut off is over as well.
    () => Object.assign(heard, { isOver: true }),
  );
  return heard;
}

async function aMember() {
  const { workspaceId, slug, people } = await aTeam("owner");
  const { sessionId } = await signedIn(people[0]!);
  const { name, value } = await sessionCookieFor(sessionId);
  return { workspaceId, slug, cookie: `${name}=${value}` };
}

test("a posted event is told to an open stream, to members only, also after the database was killed", async () => {
  const { workspaceId, slug, cookie } = await aMember();
  const stranger = await aMember();
  const refused = await fetch(`${posthorn.url}/w/${slug}/live`, { headers: { cookie: stranger.cookie } });
  expect(refused.status).toBe(404);

  const heard = await listenTo(slug, cookie);
  await eventually(() => heard.text.includes("event: state\ndata: live"));
  const post = await poster(workspaceId);
  heard.text = "";
  expect(await post()).toBe(true);
  await eventually(() => heard.text.includes("event: change\ndata: deliveries"));

  process.kill(await eventually(() => descendantRunning(posthorn.supervisor.pid!, "bin/postgres")), "SIGKILL");
  heard.text = "";
  await eventually(() => heard.text.includes("event: change\ndata: deliveries,jobs"), { withinMs: 40_000 });
  heard.text = "";
  await eventually(post, { withinMs: 40_000 });
  await eventually(() => heard.text.includes("event: change"));
  heard.close();
});

async function poster(workspaceId: string): Promise<() => Promise<boolean>> {
  await createEventType(workspaceId, eventTypeInput.parse({ name: "order.created" }), SYSTEM);
  const key = await createApiKey(workspaceId, { name: "shop", scopes: ["ingest"], expiresInDays: undefined }, SYSTEM);
  const body = JSON.stringify({ type: "order.created", data: {} });
  const headers = { authorization: `Bearer ${key.secret}`, "content-type": "application/json" };
  return async () => {
    const { status } = await fetch(`${posthorn.url}/api/v1/events`, { method: "POST", headers, body });
    return status === 202;
  };
}

test("open streams do not hold up the end of the process", async () => {
  const { slug, cookie } = await aMember();
  const heard = await Promise.all(Array.from({ length: 20 }, () => listenTo(slug, cookie)));
  await closeDatabase();
  const began = performance.now();
  expect(await posthorn.stop()).toBe(0);
  expect(heard.every(({ isOver }) => isOver)).toBe(true);
  // Whoever has to be killed takes twelve seconds.
  expect(performance.now() - began).toBeLessThan(10_000);
});
