import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { mergeTests } from "@playwright/test";
import { createApiKey } from "../../lib/api-keys/commands.ts";
import { SYSTEM } from "../../lib/audit/record.ts";
import { formatId } from "../../lib/ids.ts";
import { expect, expectAccessible, test as journey, type Person } from "../support/app.ts";
import { aSource, eventsFrom } from "../support/inbound.ts";
import { anEndpoint, receiverFixture } from "../support/journey.ts";
import { temporaryFolder } from "../support/posthorn.ts";

const test = mergeTests(journey, receiverFixture);

async function aSourceOf({ workspaceId, slug }: Person, values: Parameters<typeof aSource>[1] = {}) {
  const source = await aSource(workspaceId, { name: "Payments", secrets: ["whsec_try"], ...values });
  return { source, path: `/w/${slug}/sources/${formatId("src", source.id)}` };
}

test("a test request is signed with the source's secret, is believed, and is delivered as a test", async ({
  page,
  person,
  receiver,
}) => {
  await anEndpoint(person.workspaceId, { url: `${receiver.url}/ok` });
  const { source, path } = await aSourceOf(person);
  await page.goto(path);
  await page.getByRole("link", { name: "Send test request…" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Try Payments");
  await expect(page.getByRole("group", { name: "Body" })).toContainText('"type": "payment_intent.succeeded"');
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.getByRole("button", { name: "Send test request" }).click();
  await expect(page).toHaveURL(/\?sel=req_/);
  const opened = page.getByRole("region", { name: "Request", exact: true });
  await expect(opened.getByRole("heading", { level: 2 })).toHaveText("payment_intent.succeeded");
  await expect(opened).toContainText("Verified");
  await expect.poll(() => receiver.calls.length).toBe(1);
  expect(receiver.calls[0]?.headers["posthorn-source"]).toContain("stripe");
  expect(await eventsFrom(source.id)).toMatchObject([{ test: true, type: "stripe.payment_intent.succeeded" }]);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("a test request is sent, and where there is nothing to sign with, it is said", async ({ page, person }) => {
    const { path } = await aSourceOf(person, { provider: "github" });
    await page.goto(`${path}/try`);
    await page.getByRole("button", { name: "Send test request" }).click();
    await expect(page).toHaveURL(/\?sel=req_/);
    const other = await aSourceOf(person, { secrets: [] });
    await page.goto(`${other.path}/try`);
    await expect(page.getByText("There is no secret to sign a test request with yet.")).toBeVisible();
    await page.getByRole("link", { name: "Add a secret" }).click();
    await expect(page).toHaveURL(/\/set-up$/);
  });
});

test("the command on the page sends what comes on to this machine, signature included", async ({ page, person }) => {
  const { source, path } = await aSourceOf(person);
  const calls: http.IncomingHttpHeaders[] = [];
  const local = http.createServer((request, response) => {
    calls.push(request.headers);
    response.end();
  });
  local.listen(0, "127.0.0.1");
  await once(local, "listening");
  const { port } = local.address() as AddressInfo;
  await page.goto(`${path}/try`);
  const shown = await page.getByRole("group", { name: "Terminal" }).innerText();
  const [, ...args] = /posthorn (listen .+)/.exec(shown)?.[1]?.split(" ") ?? [];
  const forwarded = args.map((one) => one.replace("http://localhost:4000/hooks", `http://127.0.0.1:${port}/hooks`));
  const key = await createApiKey(
    person.workspaceId,
    { name: "laptop", scopes: ["read"], expiresInDays: undefined },
    SYSTEM,
  );
  const command = spawn(process.execPath, ["lib/listen/posthorn.mjs", "listen", ...forwarded], {
    env: { ...process.env, POSTHORN_API_KEY: key.secret, XDG_CONFIG_HOME: temporaryFolder("listen") },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await once(command.stdout, "data");
    await page.getByRole("button", { name: "Send test request" }).click();
    await expect.poll(() => calls.length).toBe(1);
    expect(calls[0]).toMatchObject({ "stripe-signature": expect.stringMatching(/^t=\d+,v1=/) });
    expect(await eventsFrom(source.id)).toHaveLength(1);
  } finally {
    command.kill("SIGINT");
    local.close();
  }
});
