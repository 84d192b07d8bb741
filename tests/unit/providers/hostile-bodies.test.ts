import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Call } from "../../../lib/providers/call.ts";
import { PROVIDERS } from "../../../lib/providers/names.ts";
import { providerOf } from "../../../lib/providers/registry.ts";

const URL = "https://hooks.example.com/in/tok_1";

/** Whatever makes a provider go on to its proof. */
const PROOFS = {
  "x-hub-signature-256": "sha256=00",
  "x-hub-signature": "sha1=00",
  "x-twilio-signature": "00",
  "x-mandrill-signature": "00",
  "x-slack-signature": "v0=00",
};

function formCall(body: string, headers: Record<string, string> = {}): Call {
  const given = { ...PROOFS, "content-type": "application/x-www-form-urlencoded", ...headers };
  return {
    method: "POST",
    url: URL,
    headers: new Map(Object.entries(given)),
    body: Buffer.from(body),
    receivedAt: new Date(),
  };
}

const ALL_THE_SAME = "a&".repeat(500_000);
const ALL_DIFFERENT = Array.from({ length: 100_000 }, (_, at) => at.toString(36)).join("=&");

describe.each(PROVIDERS)("%s", (name) => {
  test.each([ALL_THE_SAME, ALL_DIFFERENT])(
    "a form of nothing but fields does not hold the process up",
    async (body) => {
      const provider = providerOf(name);
      const call = formCall(body, { "x-slack-request-timestamp": String(Math.floor(Date.now() / 1_000)) });
      const began = performance.now();
      await provider.prove(call, ["whsec_c2VjcmV0", "whsec_b3RoZXI="], {});
      provider.handshake?.(call, ["whsec_c2VjcmV0"], {});
      provider.read(call, {});
      // Took from eight seconds to a minute.
      expect(performance.now() - began).toBeLessThan(2_000);
    },
  );
});

test("Twilio's signature of an address alone is not taken for one of a form that has too many fields to be read", () => {
  const signed = createHmac("sha1", "12345").update(URL).digest("base64");
  const call = formCall(`MessageSid=SM1&${ALL_DIFFERENT}`, { "x-twilio-signature": signed });
  const refused = { proven: false, fault: { code: "body_not_signed" } };
  expect(providerOf("twilio").prove(call, ["12345"], {})).toEqual(refused);
});

test("Mandrill's neither", () => {
  const signed = createHmac("sha1", "key").update(URL).digest("base64");
  const call = formCall(`mandrill_events=[]&${ALL_DIFFERENT}`, { "x-mandrill-signature": signed });
  const refused = { proven: false, fault: { code: "body_not_signed" } };
  expect(providerOf("mandrill").prove(call, ["key"], {})).toEqual(refused);
});

test("events of Mandrill's that are nested too deep to be written are not taken apart", () => {
  const deep = "[".repeat(9_000) + "]".repeat(9_000);
  const call = formCall(new URLSearchParams({ mandrill_events: `[${deep}]` }).toString());
  expect(providerOf("mandrill").unreadable?.(call)).toBe("Its field mandrill_events is not a JSON array");
  expect(providerOf("mandrill").split?.(call)).toBeNull();
});
