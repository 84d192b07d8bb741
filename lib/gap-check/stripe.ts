import { z } from "zod";
import { ApiProblem } from "./ask-api.ts";
import type { ProviderApi } from "./provider-api.ts";

/** Events may be large: a hundred invoices fit into one answer. */
const PER_PAGE = 100;

const eventFacts = z.object({ id: z.string(), type: z.string(), created: z.number() });
const events = z.object({ data: z.array(eventFacts), has_more: z.boolean() });

/** The account's events of the last thirty days. Stripe sends them again on its own; what it gave up on is fetched. */
export const stripe: ProviderApi = {
  base: "https://api.stripe.com",
  headers: [],
  async list(ask, { types = "" }, since, cursor) {
    const query = new URLSearchParams({
      limit: String(PER_PAGE),
      "created[gte]": String(Math.floor(since.getTime() / 1_000)),
      ...(cursor && { starting_after: cursor }),
    });
    const { body } = await ask(`/v1/events?${query}`);
    const read = events.safeParse(parsed(body));
    if (!read.success) throw new ApiProblem("Stripe answered something else than a list of events");
    const { data, has_more: more } = read.data;
    const isWanted = typeFilter(types);
    const sent = data
      .filter(({ type }) => isWanted(type))
      .map(({ id, type, created }) => ({
        externalId: id,
        type,
        sentAt: new Date(created * 1_000),
        reference: null,
      }));
    return { sent, next: more ? (data.at(-1)?.id ?? null) : null };
  },
  recovery: {
    how: "import",
    async fetch(ask, externalId) {
      const path = `/v1/events/${encodeURIComponent(externalId)}`;
      const { body } = await ask(path);
      const read = eventFacts.safeParse(parsed(body));
      if (!read.success || read.data.id !== externalId) throw new ApiProblem("Stripe answered with another event");
      return { path, body };
    },
  },
};

/** Which of the account's events its webhook is for: names and groups such as `invoice.*`; empty = all. */
export function typeFilter(types: string): (type: string) => boolean {
  const wanted = types.split(/[\s,]+/).filter((name) => name !== "");
  if (wanted.length === 0 || wanted.includes("*")) return () => true;
  return (type) => wanted.some((name) => (name.endsWith(".*") ? type.startsWith(name.slice(0, -1)) : type === name));
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    // Not JSON, and so not what was asked for, which is what is said of it.
    return null;
  }
}
