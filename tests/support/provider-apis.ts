import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

// Stand-ins for the APIs that tell what a provider sent, in the shapes their documentation shows.

type Answer = { status: number; headers?: Record<string, string>; body?: string };
export type StandIn = {
  url: string;
  /** Every call, as `GET /path?query`. */
  calls: string[];
  tokens: (string | undefined)[];
  /** Given instead of the next answer. */
  instead: Answer[];
  close: () => void;
};

async function listen(answer: (url: URL, method: string) => Answer): Promise<StandIn> {
  const calls: string[] = [];
  const tokens: (string | undefined)[] = [];
  const instead: Answer[] = [];
  const server = http.createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    tokens.push(request.headers.authorization);
    const url = new URL(request.url ?? "/", "http://stand-in");
    const { status, headers, body } = instead.shift() ?? answer(url, request.method ?? "GET");
    response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, calls, tokens, instead, close };
}

export type GithubDelivery = {
  id: string;
  guid: string;
  event: string;
  action: string | null;
  at: Date;
  code?: number;
};

/** GitHub's list of a webhook's deliveries, newest first, and its button that delivers one again. */
export async function githubStandIn(deliveries: GithubDelivery[], { path = "/repos/acme/shop/hooks/42" } = {}) {
  const redelivered: string[] = [];
  const standIn = await listen((url, method) => {
    const again = /^(.*)\/deliveries\/(\d+)\/attempts$/.exec(url.pathname);
    if (method === "POST" && again?.[1] === path) {
      redelivered.push(again[2] ?? "");
      return { status: 202, body: "{}" };
    }
    if (url.pathname !== `${path}/deliveries`) return { status: 404, body: '{"message":"Not Found"}' };
    const size = Math.min(Number(url.searchParams.get("per_page") ?? 30), PAGE);
    const start = Number(url.searchParams.get("cursor")?.replace("v1_", "") ?? 0);
    const newest = deliveries.toSorted((a, b) => Number(b.at) - Number(a.at));
    const shown = newest.slice(start, start + size);
    const next = `<https://api.github.com${path}/deliveries?per_page=${size}&cursor=v1_${start + size}>; rel="next"`;
    const headers: Record<string, string> = start + size < newest.length ? { link: next } : {};
    return { status: 200, headers, body: `[${shown.map(asGithubSaysIt).join(",")}]` };
  });
  return { ...standIn, redelivered };
}

/** Smaller than GitHub's own, so that a test need not make hundreds. */
const PAGE = 3;

/** Written by hand: the id is a number above 2^53. */
function asGithubSaysIt({ id, guid, event, action, at, code = 502 }: GithubDelivery): string {
  const rest = JSON.stringify({
    guid,
    delivered_at: at.toISOString(),
    redelivery: false,
    duration: 0.27,
    status: code < 300 ? "OK" : "failed to connect",
    status_code: code,
    event,
    action,
    installation_id: null,
    repository_id: 123,
    throttled_at: null,
  });
  return `{"id": ${id},${rest.slice(1)}`;
}

export type StripeEvent = { id: string; type: string; at: Date };

/** Stripe's list of an account's events, newest first, and one of them by id. */
export async function stripeStandIn(events: StripeEvent[]) {
  return listen((url) => {
    const [, id] = /^\/v1\/events\/(.+)$/.exec(url.pathname) ?? [];
    const found = events.find((event) => event.id === id);
    if (found) return { status: 200, body: JSON.stringify(asStripeSaysIt(found), null, 2) };
    if (url.pathname !== "/v1/events") return { status: 404, body: '{"error":{"type":"invalid_request_error"}}' };
    const since = Number(url.searchParams.get("created[gte]") ?? 0);
    const after = url.searchParams.get("starting_after");
    const newest = events
      .filter(({ at }) => Number(at) / 1_000 >= since)
      .toSorted((a, b) => Number(b.at) - Number(a.at));
    const start = after ? newest.findIndex((event) => event.id === after) + 1 : 0;
    const data = newest.slice(start, start + PAGE).map(asStripeSaysIt);
    const list = { object: "list", url: "/v1/events", has_more: start + PAGE < newest.length, data };
    return { status: 200, body: JSON.stringify(list, null, 2) };
  });
}

function asStripeSaysIt({ id, type, at }: StripeEvent) {
  const created = Math.floor(Number(at) / 1_000);
  return {
    id,
    object: "event",
    api_version: "2025-03-31.basil",
    created,
    data: { object: { id: `in_${id.slice(4)}`, object: "invoice", customer: "cus_acme", amount_due: 4_200 } },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  };
}
