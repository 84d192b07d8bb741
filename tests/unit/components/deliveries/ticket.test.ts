import fc from "fast-check";
import { expect, test } from "vitest";
import { fence, inline, prose, type Ticket, ticketMarkdown } from "@/components/deliveries/ticket";

const ticket: Ticket = {
  eventType: "invoice.paid",
  status: "failed",
  url: "https://api.acme.io/hooks",
  deliveryId: "dlv_1",
  eventId: "evt_1",
  link: "https://posthorn.example/w/a/deliveries/dlv_1",
  why: "api.acme.io answered 500 on all 2 attempts.",
  evidence: ["41 deliveries to this endpoint ended like this since 2026-10-14T09:12:00.000Z."],
  next: "Look at the logs.",
  attempts: [
    { number: 1, startedAt: new Date("2026-10-14T09:14:22Z"), outcome: "http_error", statusCode: 500, totalMs: 212 },
  ],
  last: {
    number: 1,
    statusCode: 500,
    responseBody: Buffer.from('{"error":"KeyError"}'),
    remoteAddress: "203.0.113.24",
  },
};

test("a ticket says what, why, what next, every attempt, the answer and where to look", () => {
  const text = ticketMarkdown(ticket);
  expect(text).toContain("### Webhook `invoice.paid` to `https://api.acme.io/hooks`: failed");
  expect(text).toContain("**Why:** api.acme.io answered 500 on all 2 attempts.");
  expect(text).toContain("- 41 deliveries");
  expect(text).toContain("| 1 | 2026-10-14T09:14:22.000Z | 500 | 212\u00a0ms |");
  expect(text).toContain('```json\n{\n  "error": "KeyError"\n}\n```');
  expect(text).toContain("[open](https://posthorn.example/w/a/deliveries/dlv_1)");
});

test("nothing in an answer ends its block", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("`", "``", "```", "\n", "a", "~~~", "<b>"), { maxLength: 40 }), (pieces) => {
      const body = pieces.join("");
      const mark = fence(body);
      const lines = body.split("\n");
      expect(lines.some((line) => line.trim().startsWith(mark))).toBe(false);
    }),
  );
});

test("code in a line cannot be left, and stays in its line", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("`", "a", " ", "\n", "|") }), (text) => {
      const [, mark = "", content = ""] = /^(`+)(.*?)\1$/s.exec(inline(text)) ?? [];
      expect(mark).not.toBe("");
      expect(content).not.toContain("\n");
      expect(Array.from(content.matchAll(/`+/g), ([run]) => run.length)).not.toContain(mark.length);
    }),
  );
});

test("words of a receiver mean nothing to Markdown, HTML or a tracker's mentions", () => {
  expect(prose("<img src=x> [a](b) *c* @everyone #12\n# d")).toBe(
    "\\<img src=x\\> \\[a\\](b) \\*c\\* \\@everyone \\#12 \\# d",
  );
});

test("of a long answer the ticket has the beginning", () => {
  const text = ticketMarkdown({ ...ticket, last: { ...ticket.last!, responseBody: Buffer.from("x".repeat(60_000)) } });
  expect(text.length).toBeLessThan(4_000);
  expect(text).toContain("…");
});
