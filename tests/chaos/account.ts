export const API_KEY = `ph_${"k".repeat(32)}`;

/** The first owner and its key, made without a browser. */
export const ADMIN = {
  ADMIN_EMAIL: "owner@example.com",
  ADMIN_PASSWORD: "correct horse battery",
  ADMIN_API_KEY: API_KEY,
};

/** An event type, and an endpoint that gets every event. */
export async function createSubscription(
  origin: string,
  receiverUrl: string,
  endpoint: Record<string, unknown> = {},
): Promise<void> {
  await create(origin, "event-types", { name: "order.created" });
  await create(origin, "endpoints", { url: receiverUrl, subscriptions: [], ...endpoint });
}

async function create(origin: string, what: string, body: unknown): Promise<void> {
  const answer = await fetch(`${origin}/api/v1/${what}`, {
    method: "POST",
    headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (answer.status !== 201) throw new Error(`${what}: ${answer.status} ${await answer.text()}`);
}
