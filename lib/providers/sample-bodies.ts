import type { Asked } from "./sample.ts";

// Shortened from what the services document. Ids are the call's own, so that a test is never taken for a repeat.

const seconds = (at: Date) => Math.floor(at.getTime() / 1_000);

export const stripeBody = ({ id, at }: Asked) => ({
  id: `evt_${id}`,
  object: "event",
  api_version: "2026-06-30.basil",
  created: seconds(at),
  data: {
    object: {
      id: `pi_${id}`,
      object: "payment_intent",
      amount: 2000,
      amount_received: 2000,
      currency: "eur",
      description: "A test request of Posthorn",
      livemode: false,
      metadata: {},
      status: "succeeded",
    },
  },
  livemode: false,
  pending_webhooks: 1,
  request: { id: null, idempotency_key: null },
  type: "payment_intent.succeeded",
});

export const githubBody = ({ at }: Asked) => ({
  action: "opened",
  issue: {
    id: 73464126,
    number: 1,
    title: "A test request of Posthorn",
    state: "open",
    created_at: at.toISOString(),
    user: { login: "octocat", id: 583231, type: "User" },
    labels: [],
    body: "Nothing was opened at GitHub.",
  },
  repository: { id: 1296269, name: "hello-world", full_name: "octocat/hello-world", private: false },
  sender: { login: "octocat", id: 583231, type: "User" },
});

export const shopifyBody = ({ at }: Asked) => ({
  id: 820982911,
  name: "#9999",
  email: "jon@example.com",
  created_at: at.toISOString(),
  currency: "EUR",
  financial_status: "paid",
  total_price: "20.00",
  test: true,
  line_items: [{ id: 866550311, title: "Posthorn", quantity: 1, price: "20.00" }],
});

export const slackBody = ({ id, at }: Asked) => ({
  token: "verification-token",
  team_id: "T0000TEST",
  api_app_id: "A0000TEST",
  event: {
    type: "app_mention",
    user: "U0000TEST",
    text: "<@U0LAN0Z89> a test request of Posthorn",
    ts: `${seconds(at)}.000100`,
    channel: "C0000TEST",
    event_ts: `${seconds(at)}.000100`,
  },
  type: "event_callback",
  event_id: `Ev${id}`,
  event_time: seconds(at),
  authed_users: ["U0LAN0Z89"],
});

export const twilioFields = ({ id }: Asked) => ({
  ApiVersion: "2010-04-01",
  AccountSid: "AC00000000000000000000000000000000",
  MessageSid: `SM${id}`,
  SmsSid: `SM${id}`,
  MessageStatus: "delivered",
  SmsStatus: "delivered",
  From: "+15005550006",
  To: "+15005550001",
});

export const mailchimpFields = ({ id, at }: Asked) => ({
  type: "subscribe",
  fired_at: at.toISOString().slice(0, 19).replace("T", " "),
  "data[id]": id,
  "data[list_id]": "a6b5da1054",
  "data[email]": "api@example.com",
  "data[email_type]": "html",
  "data[merges][EMAIL]": "api@example.com",
  "data[merges][FNAME]": "Test",
});

export const mandrillFields = ({ id, at }: Asked) => ({
  mandrill_events: JSON.stringify([
    {
      event: "send",
      _id: id,
      ts: seconds(at),
      msg: {
        _id: id,
        ts: seconds(at),
        state: "sent",
        email: "example.webhook@mandrillapp.com",
        sender: "example.sender@mandrillapp.com",
        subject: "A test request of Posthorn",
        tags: ["webhook-example"],
        metadata: {},
      },
    },
  ]),
});

export const intercomBody = ({ id, at }: Asked) => ({
  type: "notification_event",
  id: `notif_${id}`,
  topic: "conversation.user.created",
  app_id: "test",
  created_at: seconds(at),
  delivery_attempts: 1,
  delivery_status: "pending",
  data: {
    type: "notification_event_data",
    item: { type: "conversation", id: "1", source: { type: "conversation", body: "A test request of Posthorn" } },
  },
});

export const wooCommerceBody = ({ id, at }: Asked) => ({
  id: 727,
  order_key: `wc_order_${id}`,
  status: "processing",
  currency: "EUR",
  date_created_gmt: at.toISOString().slice(0, 19),
  total: "20.00",
  billing: { first_name: "Test", last_name: "Request", email: "api@example.com" },
  line_items: [{ id: 1, name: "Posthorn", quantity: 1, total: "20.00" }],
});

export const papertrailFields = ({ id, at }: Asked) => ({
  payload: JSON.stringify({
    events: [
      {
        id: 7711561783320576,
        received_at: at.toISOString(),
        hostname: "web-1",
        severity: "Error",
        program: "app",
        message: "A test request of Posthorn",
      },
    ],
    saved_search: { id: 42, name: "Important stuff", query: "error" },
    min_id: id,
    max_id: id,
  }),
});

export const standardBody = ({ id, at }: Asked) => ({
  type: "user.created",
  timestamp: at.toISOString(),
  data: { id: `usr_${id}`, email: "api@example.com" },
});
