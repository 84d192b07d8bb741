import { createHmac } from "node:crypto";
import { mergeTests } from "@playwright/test";
import { verifySlackRequest } from "@slack/bolt";
import { expect, test as journey } from "../support/app.ts";
import { aNewSource, anEndpoint, receiverFixture } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);

const SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

/** Posts `/deploy main` as Slack does; its own library agrees that the signature is Slack's. */
async function postCommand(token: string, triggerId: string) {
  const command = { command: "/deploy", text: "main", trigger_id: triggerId, user_name: "mara", team_id: "T1" };
  const body = new URLSearchParams(command).toString();
  const time = Math.floor(Date.now() / 1_000);
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": String(time),
    "x-slack-signature": `v0=${createHmac("sha256", SECRET).update(`v0:${time}:${body}`).digest("hex")}`,
  };
  verifySlackRequest({
    signingSecret: SECRET,
    body,
    headers: { ...headers, "x-slack-request-timestamp": time },
  });
  return fetch(`${process.env.POSTHORN_URL}/in/${token}`, { method: "POST", headers, body });
}

test("a Slack command is answered by the endpoint that its source is given, and by the source itself when that fails", async ({
  page,
  person,
  receiver,
}) => {
  const { workspaceId, slug } = person;
  const source = await aNewSource(workspaceId, { provider: "slack", name: "Deploy bot", secrets: [SECRET] });
  await anEndpoint(workspaceId, { url: `${receiver.url}/command`, description: "Deployer", format: "raw" });
  await anEndpoint(workspaceId, { url: `${receiver.url}/status/500`, description: "Broken", format: "raw" });

  const atOnce = await postCommand(source.token, "1.1");
  expect([atOnce.status, await atOnce.text()]).toEqual([200, ""]);

  const choose = async (endpoint: string) => {
    await page.goto(`/w/${slug}/sources/${source.id}/edit`);
    await page.getByText("Answer", { exact: true }).first().click();
    await page.getByLabel("Answered by an endpoint").selectOption({ label: endpoint });
    await page.getByLabel("Deadline in seconds").fill("10");
    await page.getByRole("button", { name: /^Save/ }).click();
    await expect(page).not.toHaveURL(/\/edit$/);
  };
  await choose("Deployer");
  await expect(page.getByText(/Answered by an endpoint within 10\ss, else 200/)).toBeVisible();

  const answered = await postCommand(source.token, "1.2");
  expect(answered.status).toBe(200);
  expect(await answered.json()).toEqual({ response_type: "in_channel", text: "Deploying main" });
  expect(answered.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(answered.headers.get("set-cookie")).toBeNull();
  const call = receiver.calls.findLast(({ path }) => path === "/command");
  expect(new URLSearchParams(call?.body.toString()).get("command")).toBe("/deploy");
  expect(call?.headers["posthorn-source"]).toMatch(/^slack; id=src_.*verified=signature$/);

  await choose("Broken");
  const fallen = await postCommand(source.token, "1.3");
  expect([fallen.status, await fallen.text()]).toEqual([200, ""]);

  await page.goto(`/w/${slug}/events?source=${source.id}`);
  const rows = page.getByRole("table", { name: "Events" }).getByRole("link", { name: "slack.command.deploy" });
  await expect(rows).toHaveCount(3);
  await expect(page.getByRole("main")).toContainText("from Deploy bot");
  await rows.first().click();
  await expect(page.getByRole("main")).toContainText(
    /From Deploy bot \(Slack\), request req_.*, verified by its signature/,
  );
  await page.getByRole("link", { name: /req_/ }).click();
  await expect(page).toHaveURL(/\/sources\/src_\w+\/requests\/req_\w+$/);
});
