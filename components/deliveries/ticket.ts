import { formatDuration } from "@/components/ui/format";
import { answerWord } from "@/lib/delivery/outcome-words.ts";
import type { WholeAttempt } from "@/lib/reports/delivery.ts";
import { payloadText } from "./payload-text";

/** Of a body a ticket wants the beginning. */
const MOST_BODY_CHARACTERS = 2_000;

export type Ticket = {
  eventType: string;
  status: string;
  url: string;
  deliveryId: string;
  eventId: string;
  /** The page of the delivery. */
  link: string;
  why: string | null;
  evidence: string[];
  next: string | null;
  attempts: {
    number: number;
    startedAt: Date;
    outcome: WholeAttempt["outcome"];
    statusCode: number | null;
    totalMs: number;
  }[];
  last: Pick<WholeAttempt, "statusCode" | "responseBody" | "remoteAddress" | "number"> | null;
};

/** A delivery for whoever has to look into it: Markdown that stays as it is, whatever the receiver answered. */
export function ticketMarkdown(ticket: Ticket): string {
  const { last } = ticket;
  return [
    `### Webhook ${inline(ticket.eventType)} to ${inline(ticket.url)}: ${ticket.status}`,
    ticket.why && `**Why:** ${prose(ticket.why)}`,
    ticket.evidence.length > 0 && `**Evidence:**\n${ticket.evidence.map((line) => `- ${prose(line)}`).join("\n")}`,
    ticket.next && `**Next:** ${prose(ticket.next)}`,
    attemptTable(ticket.attempts),
    last?.responseBody && answerBlock(last.number, last.responseBody),
    facts(ticket),
  ]
    .filter(Boolean)
    .join("\n\n")
    .concat("\n");
}

function attemptTable(attempts: Ticket["attempts"]): string | null {
  if (attempts.length === 0) return null;
  const rows = attempts.map(
    ({ number, startedAt, outcome, statusCode, totalMs }) =>
      `| ${number} | ${startedAt.toISOString()} | ${answerWord(outcome, statusCode)} | ${formatDuration(totalMs)} |`,
  );
  return ["| Attempt | Started (UTC) | Answer | Took |", "|---:|---|---|---:|", ...rows].join("\n");
}

function answerBlock(number: number, body: Buffer): string {
  const { text, kind } = payloadText(body);
  const cut = text.length > MOST_BODY_CHARACTERS ? `${text.slice(0, MOST_BODY_CHARACTERS).toWellFormed()}\n…` : text;
  const mark = fence(cut);
  return `**Answer to attempt ${number}:**\n\n${mark}${kind === "json" ? "json" : ""}\n${cut}\n${mark}`;
}

function facts({ deliveryId, eventId, link, last }: Ticket): string {
  const lines = [
    `- Delivery ${inline(deliveryId)}, [open](${link})`,
    `- Event ${inline(eventId)} (the receiver gets it as ${inline("webhook-id")})`,
    last?.remoteAddress && `- Answered from ${inline(last.remoteAddress)}`,
  ];
  return lines.filter(Boolean).join("\n");
}

/** Longer than any run of backticks in the text, which therefore cannot end the block. */
export function fence(text: string): string {
  return "`".repeat(Math.max(3, longestRun(text) + 1));
}

/** Code in a line, whatever is in it. */
export function inline(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const mark = "`".repeat(longestRun(line) + 1);
  // A space on both sides is taken off again, and keeps a backtick at the edge apart from the marks.
  return `${mark}${/^`|`$|^ .* $/.test(line) ? ` ${line} ` : line}${mark}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}

/** Words in which nothing means anything to Markdown or to HTML. */
export function prose(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#|~!&@]/g, "\\$&");
}
