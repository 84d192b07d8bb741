import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { gapCheck, missingRequest, source as sourceTable } from "../../drizzle/schema/inbound.ts";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { SYSTEM } from "../../lib/audit/record.ts";
import { choreSql, db } from "../../lib/db.ts";
import { removeGapCheck, runGapCheckNow, saveGapCheck } from "../../lib/gap-check/commands.ts";
import { runDueChecks } from "../../lib/gap-check/due.ts";
import { gapCheckInput } from "../../lib/gap-check/input.ts";
import { countMissing, findGapCheck, listMissing, MISSING_PAGE } from "../../lib/gap-check/queries.ts";
import { recoverMissing } from "../../lib/gap-check/recover.ts";
import { formatId } from "../../lib/ids.ts";
import { DAY_MS } from "../../lib/partitions/days.ts";
import { deleteSource, pauseSource } from "../../lib/sources/commands.ts";
import { deleteExpired } from "../../lib/worker/expired.ts";
import { testDatabase } from "../support/database.ts";
import { openDoor } from "../support/door.ts";
import { aPosting, aSource, eventsFrom, PUBLIC_URL, requestsOf, send, type TestSource } from "../support/inbound.ts";
import { type GithubDelivery, githubStandIn, type StripeEvent, stripeStandIn } from "../support/provider-apis.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase({ PUBLIC_URL });
const door = await openDoor();
const MINUTE = 60_000;
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * MINUTE);
const SECRET = "It's a Secret to Everybody";

const sent: GithubDelivery[] = [];
const charged: StripeEvent[] = [];
const github = await githubStandIn(sent);
const stripe = await stripeStandIn(charged);
const elsewhere = await stripeStandIn([]);
afterAll(() => [github, stripe, elsewhere].map(({ close }) => close()));
beforeEach(async () => {
  await db().delete(gapCheck);
  sent.length = 0;
  charged.length = 0;
  github.redelivered.length = 0;
  for (const api of [github, stripe, elsewhere]) {
    for (const list of [api.calls, api.tokens, api.instead]) list.length = 0;
  }
});

type Checked = TestSource & { workspaceId: string };

async function aCheckedSource(provider: "github" | "stripe", fields: Record<string, string> = {}): Promise<Checked> {
  const workspaceId = await aWorkspace();
  const source = await aSource(workspaceId, {
    provider,
    secrets: [SECRET],
    createdAt: new Date(Date.now() - 9 * DAY_MS),
  });
  expect(await save(workspaceId, source.id, provider, fields)).toEqual({ result: "saved" });
  return { ...source, workspaceId };
}

function save(workspaceId: string, id: string, provider: "github" | "stripe", fields: Record<string, string> = {}) {
  const about = provider === "github" ? { owner: "acme/shop", hook: "42", base: github.url } : { base: stripe.url };
  const input = gapCheckInput.parse({ source: formatId("src", id), token: "t0p-secret", ...about, ...fields });
  return saveGapCheck(workspaceId, input, SYSTEM);
}

async function post(to: TestSource, guid: string, secret = SECRET): Promise<number> {
  const posting = await aPosting(door, to, "github", { secret });
  posting.headers["x-github-delivery"] = guid;
  return (await send(posting)).status;
}

function delivery(guid: string, at: Date, event = "issues"): GithubDelivery {
  return { id: `18446744073709${String(sent.length).padStart(4, "0")}`, guid, event, action: "opened", at };
}

const missingIds = async ({ workspaceId, id }: Checked) =>
  (await listMissing(workspaceId, id)).rows.map(({ externalId }) => externalId);
const factsOf = ({ workspaceId, id }: Checked) => findGapCheck(workspaceId, id);
const runOnce = () => runDueChecks(choreSql());

async function runAgain({ workspaceId, id }: Checked): Promise<void> {
  await runGapCheckNow(workspaceId, id, SYSTEM);
  await runOnce();
}

describe("GitHub", () => {
  test("what it delivered and never arrived is listed, page by page of its API; what arrived is not", async () => {
    const source = await aCheckedSource("github");
    expect(await post(source, "guid-here")).toBe(200);
    sent.push(delivery("guid-here", minutesAgo(5)));
    for (const minutes of [10, 20, 30, 40, 50, 60, 70]) sent.push(delivery(`guid-${minutes}`, minutesAgo(minutes)));
    sent.push(delivery("guid-ping", minutesAgo(80), "ping"));

    expect(await runOnce()).toBe(1);
    expect(await missingIds(source)).toEqual([10, 20, 30, 40, 50, 60, 70].map((minutes) => `guid-${minutes}`));
    expect(await factsOf(source)).toMatchObject({ checked: 8, lastError: null });
    expect(github.calls).toEqual([
      "GET /repos/acme/shop/hooks/42/deliveries?per_page=100",
      "GET /repos/acme/shop/hooks/42/deliveries?per_page=100&cursor=v1_3",
      "GET /repos/acme/shop/hooks/42/deliveries?per_page=100&cursor=v1_6",
    ]);
    expect(new Set(github.tokens)).toEqual(new Set(["Bearer t0p-secret"]));
  });

  test("a redelivery is asked for by GitHub's own number, to the last digit, and is told once it has arrived", async () => {
    const source = await aCheckedSource("github");
    sent.push(delivery("guid-lost", minutesAgo(10)));
    await runOnce();
    const asked = await recoverMissing(source.workspaceId, source.id, ["guid-lost"], SYSTEM);
    expect(asked).toEqual({ result: "done", how: "redeliver", done: 1, left: 0, problem: null });
    expect(github.redelivered).toEqual(["184467440737090000"]);
    expect((await listMissing(source.workspaceId, source.id)).rows).toMatchObject([{ state: "asked" }]);

    expect(await post(source, "guid-lost")).toBe(200);
    expect(await missingIds(source)).toEqual([]);
    expect(await countMissing(source.workspaceId, source.id)).toMatchObject({ missing: 0, asked: 0, arrived: 1 });
    await runAgain(source);
    expect(await db().select().from(missingRequest).where(eq(missingRequest.sourceId, source.id))).toMatchObject([
      { state: "arrived" },
    ]);
    expect(await recoverMissing(source.workspaceId, source.id, ["guid-lost"], SYSTEM)).toMatchObject({ done: 0 });
    expect(github.redelivered).toHaveLength(1);
  });

  test("of several tries of one delivery the newest counts, and it is listed once", async () => {
    const source = await aCheckedSource("github");
    sent.push(delivery("guid-twice", minutesAgo(30)));
    await runOnce();
    sent.push(delivery("guid-twice", minutesAgo(10)));
    sent.push(delivery("guid-else", minutesAgo(9)), delivery("guid-elsewhere", minutesAgo(8)));
    await runAgain(source);
    expect(await missingIds(source)).toEqual(["guid-elsewhere", "guid-else", "guid-twice"]);
    await recoverMissing(source.workspaceId, source.id, ["guid-twice"], SYSTEM);
    expect(github.redelivered).toEqual(["184467440737090001"]);
  });

  test("a call that waits in quarantine is listed with the request that was refused", async () => {
    const source = await aCheckedSource("github");
    expect(await post(source, "guid-refused", "wrong")).toBe(401);
    sent.push(delivery("guid-refused", minutesAgo(10)), delivery("guid-away", minutesAgo(20)));
    await runOnce();
    const [request] = await requestsOf(source.id);
    const { rows } = await listMissing(source.workspaceId, source.id);
    expect(rows.map(({ externalId, quarantined }) => [externalId, quarantined])).toEqual([
      ["guid-refused", request?.id],
      ["guid-away", null],
    ]);
  });

  test("what was sent a moment ago is not missing yet, but the next run finds it", async () => {
    const source = await aCheckedSource("github");
    sent.push(delivery("guid-new", minutesAgo(1)));
    await runOnce();
    expect(await missingIds(source)).toEqual([]);
    sent[0] = { ...delivery("guid-new", minutesAgo(3)), id: "1" };
    await runAgain(source);
    expect(await missingIds(source)).toEqual(["guid-new"]);
  });

  test("an organization's webhook is asked for under the organization", async () => {
    await aCheckedSource("github", { owner: "acme" });
    await runOnce();
    expect(github.calls).toEqual(["GET /orgs/acme/hooks/42/deliveries?per_page=100"]);
  });
});

describe("Stripe", () => {
  const charge = (id: string, minutes: number, type = "invoice.paid") =>
    void charged.push({ id, type, at: minutesAgo(minutes) });

  test("an event that never arrived is imported as if it had come: one request, one event, the API's own bytes", async () => {
    const source = await aCheckedSource("stripe");
    for (const minutes of [10, 20, 30, 40]) charge(`evt_${minutes}`, minutes);
    await runOnce();
    expect(await missingIds(source)).toEqual(["evt_10", "evt_20", "evt_30", "evt_40"]);

    const imported = await recoverMissing(source.workspaceId, source.id, [], SYSTEM);
    expect(imported).toEqual({ result: "done", how: "import", done: 4, left: 0, problem: null });
    expect(await missingIds(source)).toEqual([]);
    expect(await countMissing(source.workspaceId, source.id)).toMatchObject({ imported: 4 });
    const events = await eventsFrom(source.id);
    expect(events.map(({ payload }) => JSON.parse(payload.toString()).id)).toEqual([
      "evt_40",
      "evt_30",
      "evt_20",
      "evt_10",
    ]);
    expect(events[0]).toMatchObject({ type: "stripe.invoice.paid", contentType: "application/json; charset=utf-8" });
    expect(events[0]?.payload.toString()).toContain('\n  "id": "evt_40"');
    const [request] = await requestsOf(source.id);
    expect(request).toMatchObject({
      verdict: "accepted",
      method: "GET",
      path: "/v1/events/evt_40",
      externalId: "evt_40",
    });
  });

  test("pressed twice at once, an import makes one event; when the call has come meanwhile, none", async () => {
    const source = await aCheckedSource("stripe");
    charge("evt_once", 10);
    await runOnce();
    const press = () => recoverMissing(source.workspaceId, source.id, ["evt_once"], SYSTEM);
    await Promise.all([press(), press(), press()]);
    expect(await eventsFrom(source.id)).toHaveLength(1);
    expect(await press()).toMatchObject({ done: 0 });
  });

  test("nothing is imported into a paused source, and it is said why", async () => {
    const source = await aCheckedSource("stripe");
    charge("evt_late", 10);
    await runOnce();
    await pauseSource(source.workspaceId, source.id, SYSTEM);
    expect(await recoverMissing(source.workspaceId, source.id, ["evt_late"], SYSTEM)).toMatchObject({
      done: 0,
      problem: "The source is paused: make it active first",
    });
    expect(await missingIds(source)).toEqual(["evt_late"]);
  });

  test("only the types that its webhook is for are missed", async () => {
    const source = await aCheckedSource("stripe", { types: "invoice.*, charge.refunded" });
    charge("evt_1", 10, "invoice.paid");
    charge("evt_2", 20, "charge.refunded");
    charge("evt_3", 30, "charge.succeeded");
    charge("evt_4", 40, "invoiceitem.created");
    await runOnce();
    expect(await missingIds(source)).toEqual(["evt_1", "evt_2"]);
  });

  test("it looks back to where it stopped, and never further than what arrived is remembered", async () => {
    const source = await aCheckedSource("stripe");
    charge("evt_old", 7 * 24 * 60);
    charge("evt_young", 5 * 24 * 60);
    await runOnce();
    expect(await missingIds(source)).toEqual(["evt_young"]);
    await runAgain(source);
    const [first, second] = stripe.calls.map((call) =>
      Number(new URLSearchParams(call.split("?")[1]).get("created[gte]")),
    );
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(5 * 24 * 3_600);
  });
});

describe("an API that says no", () => {
  const problem = async (answer: { status: number; headers?: Record<string, string>; body?: string }) => {
    const source = await aCheckedSource("github");
    github.instead.push(answer);
    await runOnce();
    return (await factsOf(source)) ?? expect.unreachable();
  };

  test.each([
    [401, "does not accept the token"],
    [403, "does not let this token read"],
    [404, "finds nothing there"],
    [500, "answered 500"],
    [302, "answered 302"],
  ])("an answer %i is said in words, and asked again at the next time", async (status, words) => {
    const { lastError, nextRunAt } = await problem({ status, headers: { location: "http://127.0.0.1:1/" } });
    expect(lastError).toContain(words);
    expect(lastError).not.toContain("t0p-secret");
    expect(Number(nextRunAt) - Date.now()).toBeGreaterThan(59 * MINUTE);
  });

  test.each(["[{}]", "{}", "not JSON", ""])("%j instead of a list is said, and nothing is noted", async (body) => {
    expect((await problem({ status: 200, body })).lastError).toContain("something else than a list");
  });

  test.each([
    ["retry-after", { status: 403, headers: { "retry-after": "7200" } }],
    [
      "x-ratelimit-reset",
      {
        status: 403,
        headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.ceil(Date.now() / 1_000) + 7_200) },
      },
    ],
    ["429", { status: 429, headers: { "retry-after": "7200" } }],
  ])("it is left alone for as long as it asks: %s", async (_name, answer) => {
    const { lastError, nextRunAt } = await problem(answer);
    expect(lastError).toContain("takes no more calls");
    expect(Math.abs(Number(nextRunAt) - Date.now() - 120 * MINUTE)).toBeLessThan(MINUTE);
    github.calls.length = 0;
    expect(await runOnce()).toBe(0);
    expect(github.calls).toEqual([]);
  });

  test("a run that fails half way notes what it saw, and the next one looks from the same moment", async () => {
    const source = await aCheckedSource("github");
    for (const minutes of [10, 20, 30, 40]) sent.push(delivery(`guid-${minutes}`, minutesAgo(minutes)));
    github.instead.push(
      {
        status: 200,
        headers: { link: '<https://api.github.com/x?cursor=v1_1>; rel="next"' },
        body:
          "[" +
          '{"id":1,"guid":"guid-10","delivered_at":"' +
          minutesAgo(10).toISOString() +
          '","event":"issues"}' +
          "]",
      },
      { status: 502 },
    );
    await runOnce();
    expect(await missingIds(source)).toEqual(["guid-10"]);
    await runAgain(source);
    expect(await missingIds(source)).toEqual(["guid-10", "guid-20", "guid-30", "guid-40"]);
  });

  test("redeliveries stop where the API has had enough; what is left is said", async () => {
    const source = await aCheckedSource("github");
    for (const minutes of [10, 20, 30]) sent.push(delivery(`guid-${minutes}`, minutesAgo(minutes)));
    await runOnce();
    github.instead.push({ status: 202 }, { status: 429, headers: { "retry-after": "60" } });
    const asked = await recoverMissing(source.workspaceId, source.id, [], SYSTEM);
    expect(asked).toMatchObject({ done: 1, left: 2, problem: expect.stringContaining("takes no more calls") });
    expect(await countMissing(source.workspaceId, source.id)).toMatchObject({ asked: 1, missing: 2 });
  });
});

describe("the schedule", () => {
  test("two workers never run the same check at once, and a run that was killed begins again after its lease", async () => {
    const source = await aCheckedSource("github");
    expect((await Promise.all([runOnce(), runOnce(), runOnce()])).reduce((sum, runs) => sum + runs)).toBe(1);
    // As a killed worker leaves it: leased, and not finished.
    await db()
      .update(gapCheck)
      .set({ nextRunAt: minutesAgo(0), lastRunAt: null });
    await runOnce();
    expect((await factsOf(source))?.lastRunAt).not.toBeNull();
  });

  test("a worker that stops gives an unfinished run back", async () => {
    const source = await aCheckedSource("github");
    const stop = new AbortController();
    const running = runDueChecks(choreSql(), AbortSignal.any([stop.signal]));
    stop.abort();
    await running;
    const { nextRunAt, lastRunAt } = (await factsOf(source)) ?? expect.unreachable();
    expect([Number(nextRunAt) <= Date.now(), lastRunAt]).toEqual([true, null]);
  });

  test.each(["disabled", "deleted"])("a source that is %s is not asked about", async (state) => {
    const source = await aCheckedSource("github");
    const values = state === "deleted" ? { deletedAt: new Date() } : { status: "disabled" as const };
    await db().update(sourceTable).set(values).where(eq(sourceTable.id, source.id));
    expect(await runOnce()).toBe(0);
  });

  test("a change made while a run is under way has its own run afterwards", async () => {
    const source = await aCheckedSource("github");
    await db()
      .update(gapCheck)
      .set({ nextRunAt: minutesAgo(1) });
    const [run] = await Promise.all([runOnce(), save(source.workspaceId, source.id, "github", { hook: "43" })]);
    await runOnce();
    expect(run).toBeLessThanOrEqual(2);
    expect(github.calls.at(-1)).toContain("/hooks/43/");
  });
});

describe("setting it up", () => {
  test("the token is stored encrypted, shown to nobody and told in no audit entry", async () => {
    const { workspaceId, id } = await aCheckedSource("stripe");
    const [stored] = await db().select().from(gapCheck);
    expect(stored?.token.toString("latin1")).not.toContain("t0p-secret");
    expect(JSON.stringify(await findGapCheck(workspaceId, id))).not.toContain("t0p-secret");
    const entries = await db().select().from(auditEntry).where(eq(auditEntry.workspaceId, workspaceId));
    expect(entries.map(({ action }) => action)).toEqual(["source.gap_check_set_up"]);
    expect(JSON.stringify(entries)).not.toContain("t0p-secret");
  });

  test("without a new token the stored one stays, but never goes to another address", async () => {
    const { workspaceId, id } = await aCheckedSource("stripe");
    expect(await save(workspaceId, id, "stripe", { token: "", everyMinutes: "1440" })).toEqual({ result: "saved" });
    await runOnce();
    expect(stripe.tokens).toEqual(["Bearer t0p-secret"]);
    expect(await save(workspaceId, id, "stripe", { token: "", base: elsewhere.url })).toMatchObject({ field: "token" });
    expect(await save(workspaceId, id, "stripe", { token: "", base: "" })).toMatchObject({ field: "token" });
    expect(elsewhere.calls).toEqual([]);
  });

  test.each([
    ["github", { owner: "" }, "owner"],
    ["github", { owner: "acme/shop/x" }, "owner"],
    ["github", { owner: "../shop" }, "owner"],
    ["github", { owner: "acme/.." }, "owner"],
    ["github", { hook: "42/../43" }, "hook"],
    ["github", { hook: "" }, "hook"],
    ["github", { base: "http://ghe.example.com/api/v3" }, "base"],
    ["github", { base: "https://169.254.169.254" }, "base"],
    ["stripe", { base: "https://api.example.com?x=1" }, "base"],
  ] as const)("%s with %j is refused at its field", async (provider, fields, field) => {
    const workspaceId = await aWorkspace();
    const { id } = await aSource(workspaceId, { provider });
    expect(await save(workspaceId, id, provider, fields)).toMatchObject({ result: "refused", field });
  });

  test("a provider without an API to ask has no check", async () => {
    const workspaceId = await aWorkspace();
    const { id } = await aSource(workspaceId, { provider: "slack" });
    expect(await save(workspaceId, id, "stripe")).toEqual({ result: "unsupported" });
  });

  test("a check of another webhook starts anew; a removed one leaves neither token nor list", async () => {
    const source = await aCheckedSource("github");
    sent.push(delivery("guid-lost", minutesAgo(10)));
    await runOnce();
    await save(source.workspaceId, source.id, "github", { hook: "43" });
    expect(await missingIds(source)).toEqual([]);
    expect(await removeGapCheck(source.workspaceId, source.id, SYSTEM)).toBe(true);
    expect(await db().select().from(gapCheck)).toEqual([]);
    expect(await factsOf(source)).toBeNull();
  });

  test("a deleted source leaves no token behind", async () => {
    const source = await aCheckedSource("stripe");
    expect(await deleteSource(source.workspaceId, source.id, SYSTEM)).toBe(true);
    expect(await db().select().from(gapCheck)).toEqual([]);
  });

  test("strangers see, change, run and recover nothing", async () => {
    const source = await aCheckedSource("github");
    sent.push(delivery("guid-lost", minutesAgo(10)));
    await runOnce();
    const stranger = await aWorkspace();
    expect(await findGapCheck(stranger, source.id)).toBeNull();
    expect(await listMissing(stranger, source.id, { all: true })).toEqual({ rows: [], next: null });
    expect(await countMissing(stranger, source.id)).toEqual({ missing: 0, asked: 0, imported: 0, arrived: 0 });
    expect(await save(stranger, source.id, "github")).toEqual({ result: "not_found" });
    expect(await runGapCheckNow(stranger, source.id, SYSTEM)).toBe(false);
    expect(await removeGapCheck(stranger, source.id, SYSTEM)).toBe(false);
    expect(await recoverMissing(stranger, source.id, [], SYSTEM)).toEqual({ result: "not_found" });
    expect(await missingIds(source)).toEqual(["guid-lost"]);
  });
});

describe("the list", () => {
  test("is read in pages, without a gap or a repetition", async () => {
    const source = await aCheckedSource("github");
    const at = minutesAgo(30);
    const rows = Array.from({ length: 2 * MISSING_PAGE + 1 }, (_, n) => ({
      sourceId: source.id,
      externalId: `guid-${String(n).padStart(3, "0")}`,
      sentAt: at,
    }));
    await db().insert(missingRequest).values(rows);
    const read: string[] = [];
    let before: string | null = null;
    do {
      const page = await listMissing(source.workspaceId, source.id, { before });
      read.push(...page.rows.map(({ externalId }) => externalId));
      before = page.next;
    } while (before !== null);
    expect(read).toEqual(rows.map(({ externalId }) => externalId).reverse());
    expect((await listMissing(source.workspaceId, source.id, { before: "nonsense" })).rows).toHaveLength(MISSING_PAGE);
  });

  test("is kept as long as everything else", async () => {
    const source = await aCheckedSource("github");
    const values = { sourceId: source.id, sentAt: minutesAgo(30) };
    await db()
      .insert(missingRequest)
      .values([
        { ...values, externalId: "old", foundAt: new Date(Date.now() - 31 * DAY_MS) },
        { ...values, externalId: "young", foundAt: new Date(Date.now() - 29 * DAY_MS) },
      ]);
    await deleteExpired(choreSql(), 30);
    expect(await missingIds(source)).toEqual(["young"]);
  });
});
