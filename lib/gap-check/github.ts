import { z } from "zod";
import { ApiProblem } from "./ask-api.ts";
import type { ProviderApi, Subject } from "./provider-api.ts";

const PER_PAGE = 100;
/** Sent once, when a webhook is made: nothing is lost with it. */
const PING = "ping";

const deliveries = z.array(
  z.object({
    id: z.string(),
    guid: z.string(),
    delivered_at: z.iso.datetime({ offset: true }),
    event: z.string(),
    action: z.string().nullish(),
  }),
);

/** The deliveries of one webhook; GitHub keeps those of the last three days and sends one again when asked. */
export const github: ProviderApi = {
  base: "https://api.github.com",
  headers: [
    ["accept", "application/vnd.github+json"],
    ["x-github-api-version", "2022-11-28"],
  ],
  async list(ask, subject, since, cursor) {
    const query = new URLSearchParams({ per_page: String(PER_PAGE), ...(cursor && { cursor }) });
    const { body, header } = await ask(`${deliveriesPath(subject)}?${query}`);
    const read = deliveries.safeParse(withIdsAsText(body));
    if (!read.success) throw new ApiProblem("GitHub answered something else than a list of deliveries");
    const sent = read.data
      .filter(({ event }) => event !== PING)
      .map(({ id, guid, delivered_at, event, action }) => ({
        externalId: guid,
        type: action ? `${event}.${action}` : event,
        sentAt: new Date(delivered_at),
        reference: id,
      }))
      .filter(({ sentAt }) => sentAt >= since);
    const last = read.data.at(-1);
    const isPast = !last || new Date(last.delivered_at) < since;
    return { sent, next: isPast ? null : nextCursor(header("link")) };
  },
  recovery: {
    how: "redeliver",
    async ask(ask, subject, reference) {
      await ask(`${deliveriesPath(subject)}/${encodeURIComponent(reference)}/attempts`, "POST");
    },
  },
};

/** `acme/shop` is a repository, `acme` an organization. */
function deliveriesPath({ owner = "", hook = "" }: Subject): string {
  const place = owner.split("/").map(encodeURIComponent).join("/");
  return `/${owner.includes("/") ? "repos" : "orgs"}/${place}/hooks/${encodeURIComponent(hook)}/deliveries`;
}

/**
 * Its ids are numbers above 2^53, which lose digits when they are read as numbers. In a text every quote is escaped, so
 * that only a field's name matches.
 */
function withIdsAsText(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString().replaceAll(/"id"\s*:\s*(\d+)/g, '"id":"$1"'));
  } catch {
    // Not JSON, and so no list of deliveries, which is what is said of it.
    return null;
  }
}

/** Of its address only the cursor is taken: a token goes nowhere but where a person said. */
function nextCursor(link: string | null): string | null {
  const next = /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(link ?? "")?.[1];
  return next && URL.canParse(next) ? new URL(next).searchParams.get("cursor") : null;
}
