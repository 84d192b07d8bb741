import { mergeTests } from "@playwright/test";
import { formatId } from "../../lib/ids.ts";
import { expect, test as journey } from "../support/app.ts";
import { FONT_BUDGET, HTML_BUDGET, MEASURED, SCRIPT_BUDGETS } from "../support/budgets.ts";
import { aSource } from "../support/inbound.ts";
import { anEndpoint, aType, deliveriesOf, postEvents, receiverFixture } from "../support/journey.ts";
import { weigh } from "../support/page-weight.ts";
import { aRefusedRequest } from "../support/requests.ts";

const test = mergeTests(journey, receiverFixture);
/** A full page of every list. */
const ROWS = 50;

test("no page asks anybody else for anything, and none is heavier than its budget with its lists full", async ({
  browser,
  context,
  page,
  person,
  receiver,
}) => {
  test.setTimeout(240_000);
  await aType(person.workspaceId, { name: "order.created", example: '{"total": 1}' });
  const { id } = await anEndpoint(person.workspaceId, { url: `${receiver.url}/ok` });
  const [event = ""] = await postEvents(
    person.workspaceId,
    Array.from({ length: ROWS }, (_, n) => ({ type: "order.created", data: { n } })),
  );
  await expect.poll(() => receiver.calls.length).toBe(ROWS);
  const [delivery] = await deliveriesOf(person.workspaceId, event);
  const source = await aSource(person.workspaceId, { secrets: ["whsec_abc"] });
  const requests = await Promise.all(
    Array.from({ length: ROWS }, () => aRefusedRequest(person.workspaceId, source.id)),
  );
  const [inbox, request] = [formatId("src", source.id), formatId("req", requests[0] ?? "")];
  const places = {
    ...MEASURED,
    [`/deliveries/${delivery}`]: "list",
    [`/events/${event}`]: "list",
    [`/endpoints/${id}`]: "list",
    [`/endpoints/${id}/edit`]: "form",
    [`/sources/${inbox}`]: "list",
    [`/sources/${inbox}?sel=${request}`]: "list",
    [`/sources/${inbox}/requests/${request}`]: "list",
    [`/sources/${inbox}/try`]: "form",
    "/event-types/order.created": "list",
    "/event-types/order.created/edit": "editor",
  } as const;

  const cookies = await context.cookies();
  const heavy: string[] = [];
  for (const [place, kind] of Object.entries(places)) {
    const fresh = await browser.newContext();
    await fresh.addCookies(cookies);
    const weight = await weigh(await fresh.newPage(), `${process.env.POSTHORN_URL}/w/${person.slug}${place}`);
    await fresh.close();
    expect(weight.foreign, place).toEqual([]);
    if (weight.script > SCRIPT_BUDGETS[kind]) heavy.push(`${place}: ${weight.script.toFixed(1)} kB of JavaScript`);
    if (weight.html > HTML_BUDGET) heavy.push(`${place}: ${weight.html.toFixed(1)} kB of HTML`);
    if (weight.font > FONT_BUDGET) heavy.push(`${place}: ${weight.font.toFixed(1)} kB of fonts`);
  }
  expect(heavy).toEqual([]);

  const stranger = await browser.newContext();
  const door = await weigh(await stranger.newPage(), `${process.env.POSTHORN_URL}/sign-in`);
  await stranger.close();
  expect(door.script).toBeLessThanOrEqual(SCRIPT_BUDGETS.door);
  await page.close();
});
