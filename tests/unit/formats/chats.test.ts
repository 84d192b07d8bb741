import { expect, test } from "vitest";
import { discord } from "../../../lib/formats/discord.ts";
import type { OutgoingFormat } from "../../../lib/formats/outgoing.ts";
import { slack } from "../../../lib/formats/slack.ts";
import { teams } from "../../../lib/formats/teams.ts";
import { aFormattedEvent } from "../../support/formatted.ts";

function written(format: OutgoingFormat, data: unknown, type = "order.created") {
  return JSON.parse(format.one(aFormattedEvent({ type, payload: Buffer.from(JSON.stringify(data)) })).body.toString());
}

/** As much as a payload can have of everything, in characters that escaping makes longer. */
const HUGE = Object.fromEntries(
  Array.from({ length: 200 }, (_, at) => [`${at}${"&*_".repeat(200)}`, "&*[🎺".repeat(9_000)]),
);
const LONG_TYPE = "t".repeat(128);

test("nothing in a payload can call a whole Slack channel", () => {
  const message = written(slack, { "<!channel>": "<@U1> & <https://x.example|y>" });
  expect(JSON.stringify(message)).not.toMatch(/<[!@]|<https:\/\/x/);
  expect(message.blocks[1].fields[0].text).toBe("*&lt;!channel&gt;*\n&lt;@U1&gt; &amp; &lt;https://x.example|y&gt;");
});

test("a Slack message stays within Slack's limits, says that there is more, and links to the event", () => {
  const { text, blocks } = written(slack, HUGE, LONG_TYPE);
  expect(text.length).toBeLessThanOrEqual(40_000);
  expect(blocks[0].text.text.length).toBeLessThanOrEqual(150);
  expect(blocks[1].fields).toHaveLength(10);
  for (const field of blocks[1].fields) expect(field.text.length).toBeLessThanOrEqual(2_000);
  expect(JSON.stringify(blocks[2])).toMatch(/190 more fields.*order|190 more fields/);
  expect(blocks[2].elements[0].text).toBe(`<${aFormattedEvent().link}|Open in Posthorn>`);
});

test("a Discord message calls nobody and stays within 25 fields and 6,000 characters", () => {
  const message = written(discord, HUGE, LONG_TYPE);
  const [embed] = message.embeds;
  expect(message.allowed_mentions).toEqual({ parse: [] });
  expect(embed.fields.length).toBeLessThanOrEqual(25);
  const texts = [embed.title, embed.description, embed.footer.text, ...embed.fields.flatMap(Object.values)];
  const characters = texts.filter((text) => typeof text === "string").join("").length;
  expect(characters).toBeLessThanOrEqual(6_000);
  for (const { name, value } of embed.fields) {
    expect(name.length).toBeLessThanOrEqual(256);
    expect(value.length).toBeLessThanOrEqual(1_024);
  }
  expect(embed.title.length).toBeLessThanOrEqual(256);
});

test("Discord's empty names and values are filled, since it refuses them", () => {
  expect(written(discord, { "": "" }).embeds[0].fields).toEqual([{ name: "(no name)", value: "—", inline: true }]);
});

test("a delivery to Discord waits until the message is saved", () => {
  expect(String(discord.target?.(new URL("https://discord.com/api/webhooks/1/x?thread_id=2")))).toBe(
    "https://discord.com/api/webhooks/1/x?thread_id=2&wait=true",
  );
});

test("a Teams card stays below 28 kB and keeps as many facts as fit", () => {
  const bytes = teams.one(aFormattedEvent({ payload: Buffer.from(JSON.stringify(HUGE)) })).body.length;
  expect(bytes).toBeLessThanOrEqual(27_000);
  expect(bytes).toBeGreaterThan(20_000);
  const [attachment] = written(teams, { total: 5, note: "[click](https://evil.example)" }).attachments;
  expect(attachment.contentType).toBe("application/vnd.microsoft.card.adaptive");
  expect(attachment.content.body[1].facts).toEqual([
    { title: "total", value: "5" },
    { title: "note", value: "\\[click](https://evil.example)" },
  ]);
});

test("what is cut says so", () => {
  expect(written(teams, { note: "x".repeat(400) }).attachments[0].content.body[1].facts[0].value).toMatch(
    /x… \(cut\)$/,
  );
  expect(written(teams, { note: "x".repeat(300) }).attachments[0].content.body[1].facts[0].value).toMatch(/x$/);
});

test.each([
  [slack, 404, "no_service", { gone: true, detail: "Slack answered no_service" }],
  [slack, 404, "channel_not_found", { gone: true }],
  [slack, 400, "invalid_blocks", { gone: false, detail: "Slack answered invalid_blocks" }],
  [slack, 403, "action_prohibited", { gone: false }],
  [discord, 404, '{"message":"Unknown Webhook","code":10015}', { gone: true, ok: false }],
  [
    discord,
    400,
    '{"message":"Invalid Form Body","code":50035}',
    { gone: false, detail: "Discord answered Invalid Form Body (50035)" },
  ],
  [discord, 429, '{"message":"You are being rate limited.","retry_after":0.3}', { gone: false }],
  [teams, 404, '{"error":{"code":"WorkflowNotFound"}}', { gone: true }],
  [
    teams,
    200,
    "Webhook message delivery failed with error: endpoint returned HTTP error 429",
    { gone: false, ok: false },
  ],
])("the meaning of an answer is read: %#", (format, statusCode, body, meaning) => {
  expect(format.judge?.({ statusCode, body })).toMatchObject(meaning);
});

test.each([
  [slack, 200, "ok"],
  [teams, 200, "1"],
  [teams, 202, ""],
  [discord, 200, '{"id":"1","message":"hello"}'],
])("a service that took the message is believed: %#", (format, statusCode, body) => {
  expect(format.judge?.({ statusCode, body })).toBeNull();
});

test.each([slack, discord, teams])("halves of characters and NUL, which chats refuse, are replaced: %#", (format) => {
  const payload = Buffer.from('{"a":"\\ud83d\\u0000","b\\ud800":1}');
  expect(format.one(aFormattedEvent({ payload })).body.toString()).not.toMatch(/\\ud8|\\u0000/);
});
