import { provenBy, refuse } from "./call.ts";
import { isEqual, signatureOf } from "./digest.ts";
import type { Provider } from "./provider.ts";
import { brokenPayload, formFields, isForm, jsonFields, payloadField, textOf } from "./reading.ts";

const HEADER = "x-hub-signature-256";

/** `X-Hub-Signature-256: sha256=…` over the body; the older SHA-1 header alone proves nothing. */
export const github: Provider = {
  label: "GitHub",
  secret: { label: "Secret", hint: "The text you enter under Settings → Webhooks → Secret" },
  prove(call, secrets) {
    const given = call.headers.get(HEADER);
    if (given === undefined) return refuse({ code: "header_missing", header: HEADER });
    if (!given.startsWith("sha256=")) return refuse({ code: "header_malformed", header: HEADER });
    return provenBy(secrets, (key) =>
      isEqual(given, `sha256=${signatureOf({ algorithm: "sha256", encoding: "hex", key }, call.body)}`),
    );
  },
  unreadable: brokenPayload,
  read(call) {
    const event = call.headers.get("x-github-event") ?? null;
    const action = textOf((isForm(call) ? payloadField(formFields(call)) : jsonFields(call)).action);
    return {
      type: event && action ? `${event}.${action}` : event,
      // A redelivery asked for by a person has the same one.
      id: call.headers.get("x-github-delivery") ?? null,
    };
  },
};
