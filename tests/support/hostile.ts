import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Person } from "./app.ts";
import { anEndpoint, aType, deliveriesOf, postEvent } from "./journey.ts";

/** Runs, loads or calls out if it is ever taken for more than text. */
const SCRIPT = `<script>window.__ran=1</script>"><img src=x onerror="window.__ran=1"><svg onload="window.__ran=1"></svg>{{7*7}}`;
const LINK = "javascript:window.__ran=1//https://tracker.invalid/pixel.png";
const RIGHT_TO_LEFT = "\u202Egnp.exe\u202C \u05E9\u05DC\u05D5\u05DD";
const LONG = "x".repeat(180);

/** Answers as an attacker would: markup in the body, in the headers, and a type that invites a browser to read it. */
export async function aHostileReceiver() {
  const server = createServer((request, response) =>
    request.resume().on("end", () => {
      const fails = request.url?.startsWith("/fails");
      response.writeHead(fails ? 500 : 200, {
        "content-type": "text/html",
        "x-note": "<script>window.__ran=1</script>",
        link: "<https://tracker.invalid/style.css>; rel=stylesheet",
        refresh: "0; url=https://tracker.invalid/",
      });
      response.end(`<html><body>${SCRIPT}<a href="${LINK}">${LONG}</a></body></html>`);
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

/** A workspace full of it: in payloads, names, URLs, headers, answers. */
export async function aHostileWorkspace({ workspaceId }: Person, url: string) {
  const type = `order.${"x".repeat(110)}`;
  await aType(workspaceId, { name: type, example: JSON.stringify({ note: SCRIPT }) });
  await aType(workspaceId, { name: "order.created" });
  const path = encodeURIComponent(SCRIPT) + LONG;
  await anEndpoint(workspaceId, { url: `${url}/ok/${path}`, description: `${SCRIPT} ${RIGHT_TO_LEFT}` });
  await anEndpoint(workspaceId, {
    url: `${url}/fails/${path}`,
    description: LONG,
    headers: { "x-api-key": SCRIPT.replaceAll(/[^\x20-\x7e]/g, "") },
    retrySchedule: [],
  });
  const data = {
    note: SCRIPT,
    link: LINK,
    text: RIGHT_TO_LEFT,
    __proto__x: 1,
    [SCRIPT]: LONG,
    big: "y".repeat(200_000),
  };
  const [first] = [await postEvent(workspaceId, { type, data, customer: SCRIPT.slice(0, 60) })];
  await postEvent(workspaceId, { type: "order.created", data });
  await expect
    .poll(async () => (await deliveriesOf(workspaceId, first ?? "")).length, { timeout: 15_000 })
    .toBeGreaterThan(0);
}
