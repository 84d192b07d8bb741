import { clockFault, provenBy, refuse } from "./call.ts";
import { isEqual, signatureOf } from "./digest.ts";
import type { Provider } from "./provider.ts";
import { brokenJson, jsonFields, textOf } from "./reading.ts";

const HEADER = "stripe-signature";

/** `Stripe-Signature: t=…,v1=…[,v1=…]` over `t.body`; the key is the whole text, `whsec_` included. */
export const stripe: Provider = {
  label: "Stripe",
  secret: { label: "Signing secret", hint: "whsec_… of this endpoint, under Developers → Webhooks" },
  prove(call, secrets) {
    const given = call.headers.get(HEADER);
    if (given === undefined) return refuse({ code: "header_missing", header: HEADER });
    const parts = given.split(",").map((part) => part.trim().split("="));
    const of = (name: string) => parts.filter(([key]) => key === name).map(([, value = ""]) => value);
    const [time = ""] = of("t");
    // `v0` is for test mode and proves nothing.
    const signatures = of("v1");
    if (signatures.length === 0) return refuse({ code: "header_malformed", header: HEADER });
    const fault = clockFault(call, time, HEADER);
    if (fault) return refuse(fault);
    return provenBy(secrets, (key) => {
      const expected = signatureOf({ algorithm: "sha256", encoding: "hex", key }, `${time}.`, call.body);
      return signatures.some((signature) => isEqual(signature, expected));
    });
  },
  unreadable: brokenJson,
  read(call) {
    const { id, type } = jsonFields(call);
    return { type: textOf(type), id: textOf(id) };
  },
};
