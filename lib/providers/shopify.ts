import { provenBy, refuse } from "./call.ts";
import { isEqual, signatureOf } from "./digest.ts";
import type { Provider } from "./provider.ts";
import { brokenJson } from "./reading.ts";

const HEADERS = ["x-shopify-hmac-sha256", "shopify-hmac-sha256"];

/** Base64 of the HMAC over the body; two families of header names are in use. */
export const shopify: Provider = {
  label: "Shopify",
  secret: {
    label: "Client secret",
    hint: "Your app's client secret; for hooks made under Notifications, the one shown there",
  },
  prove(call, secrets) {
    const given = HEADERS.map((name) => call.headers.get(name)).find((value) => value !== undefined);
    if (given === undefined) return refuse({ code: "header_missing", header: HEADERS[0] ?? "" });
    return provenBy(secrets, (key) =>
      isEqual(given, signatureOf({ algorithm: "sha256", encoding: "base64", key }, call.body)),
    );
  },
  unreadable: brokenJson,
  read({ headers }) {
    const of = (name: string) => headers.get(`x-shopify-${name}`) ?? headers.get(`shopify-${name}`) ?? null;
    const topic = of("topic");
    const event = of("event-id");
    return {
      type: topic?.replaceAll("/", ".") ?? null,
      // One action of a merchant can raise several topics under one event id.
      id: of("webhook-id") ?? (event && topic ? `${topic} ${event}` : null),
    };
  },
};
