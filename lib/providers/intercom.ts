import { provenBy, refuse } from "./call.ts";
import { isEqual, signatureOf } from "./digest.ts";
import type { Provider } from "./provider.ts";
import { brokenJson, jsonFields, textOf } from "./reading.ts";

const HEADER = "x-hub-signature";

/** `X-Hub-Signature: sha1=…` over the body. */
export const intercom: Provider = {
  label: "Intercom",
  secret: { label: "Client secret", hint: "Of your app, under Configure → Basic information" },
  prove(call, secrets) {
    const given = call.headers.get(HEADER);
    if (given === undefined) return refuse({ code: "header_missing", header: HEADER });
    if (!given.startsWith("sha1=")) return refuse({ code: "header_malformed", header: HEADER });
    return provenBy(secrets, (key) =>
      isEqual(given, `sha1=${signatureOf({ algorithm: "sha1", encoding: "hex", key }, call.body)}`),
    );
  },
  unreadable: brokenJson,
  read(call) {
    const { topic, id, delivery_attempts: attempts } = jsonFields(call);
    const reading = { type: textOf(topic), id: textOf(id) };
    return typeof attempts === "number" && attempts > 0 ? { ...reading, attempt: attempts } : reading;
  },
};
