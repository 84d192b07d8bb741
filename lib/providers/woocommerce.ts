import { provenBy, refuse } from "./call.ts";
import { isEqual, signatureOf } from "./digest.ts";
import type { Provider } from "./provider.ts";
import { brokenJson, isForm } from "./reading.ts";

const HEADER = "x-wc-webhook-signature";
const PING = /^webhook_id=\d{1,20}$/;

/** Base64 of the HMAC over the body. Its ping is the one unsigned call that is answered, in its exact form only. */
export const woocommerce: Provider = {
  label: "WooCommerce",
  secret: { label: "Secret", hint: "Of the webhook, under WooCommerce → Settings → Advanced → Webhooks" },
  prove(call, secrets) {
    const given = call.headers.get(HEADER);
    if (given === undefined) return refuse({ code: "header_missing", header: HEADER });
    return provenBy(secrets, (key) =>
      isEqual(given, signatureOf({ algorithm: "sha256", encoding: "base64", key }, call.body)),
    );
  },
  unreadable: brokenJson,
  read({ headers }) {
    return {
      type: headers.get("x-wc-webhook-topic") ?? null,
      id: headers.get("x-wc-webhook-delivery-id") ?? null,
      // It is made from the webhook and the current second.
      weak: true,
    };
  },
  unsignedHandshake: true,
  handshake(call) {
    if (call.headers.has(HEADER) || !isForm(call) || call.body.length > 40) return null;
    return PING.test(call.body.toString("latin1")) ? { status: 200 } : null;
  },
};
