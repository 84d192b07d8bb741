import { describe, expect, test } from "vitest";
import type { Call } from "../../../lib/providers/call.ts";
import { PROVIDERS } from "../../../lib/providers/names.ts";
import { providerOf } from "../../../lib/providers/registry.ts";
import { GENUINE, type Genuine, genuineCall } from "../../support/provider-calls.ts";

/** Mailchimp's and unsigned sources have no header to leave out or spoil: see services.test.ts. */
const WITHOUT_SIGNED_CALL = ["mailchimp", "unsigned"];

test("every provider is in the suite", () => {
  expect(PROVIDERS.filter((name) => !GENUINE[name])).toEqual(WITHOUT_SIGNED_CALL);
});

const withHeaders = (call: Call, change: (headers: Map<string, string>) => void): Call => {
  const headers = new Map(call.headers);
  change(headers);
  return { ...call, headers };
};
const moved = (call: Call, seconds: number): Call => ({
  ...call,
  receivedAt: new Date(call.receivedAt.getTime() + seconds * 1_000),
});

for (const name of PROVIDERS) {
  const genuine = GENUINE[name];
  if (!genuine) continue;
  const provider = providerOf(name);
  const { settings = {} } = genuine;
  const [first, second] = genuine.secrets;
  const prove = (call: Call, secrets: readonly string[] = [first]) => provider.prove(call, secrets, settings);
  const proofHeaders = async (one: Genuine) =>
    Object.keys(await one.proof(one.body, first, new Date(), "https://x.example"));

  describe(provider.label, () => {
    test("a genuine call is believed, and says what it is", async () => {
      const call = await genuineCall(genuine);
      expect(await prove(call)).toEqual({ proven: true, secret: 0 });
      expect(provider.read(call, settings)).toMatchObject(genuine.reads);
    });

    test("a call signed with another secret is refused, and without a secret that is said", async () => {
      const call = await genuineCall(genuine, { secret: second });
      expect(await prove(call)).toEqual({ proven: false, fault: { code: "mismatch" } });
      expect(await prove(call, [])).toEqual({ proven: false, fault: { code: "no_secret" } });
    });

    test("while secrets change, the older one is believed as well", async () => {
      expect(await prove(await genuineCall(genuine, { secret: second }), [first, second])).toEqual({
        proven: true,
        secret: 1,
      });
    });

    test("each header that proves it is asked for by name", async () => {
      for (const header of await proofHeaders(genuine)) {
        const call = withHeaders(await genuineCall(genuine), (headers) => headers.delete(header));
        const proof = await prove(call);
        expect(proof, header).toMatchObject({ proven: false, fault: { code: "header_missing" } });
      }
    });

    test("a proof that is cut short or added to is refused", async () => {
      for (const header of await proofHeaders(genuine)) {
        const call = await genuineCall(genuine);
        const shown = call.headers.get(header) ?? "";
        for (const spoilt of [shown.slice(0, -1), shown.slice(0, 4), `${shown}A`, ""]) {
          const proof = await prove(withHeaders(call, (headers) => headers.set(header, spoilt)));
          expect(proof, `${header}: ${spoilt}`).toMatchObject({ proven: false });
        }
      }
    });

    if (!genuine.credential) {
      test("a changed, re-encoded or longer body is refused", async () => {
        const call = await genuineCall(genuine);
        const text = genuine.body;
        // A form is signed by its decoded fields: a lone `=` at its end is none of them.
        const changed = [`${text}+`, text.replace(/1/, "2"), text.slice(0, -2), ""];
        for (const body of changed.filter((one) => one !== text)) {
          const proof = await prove({ ...call, body: Buffer.from(body) });
          expect(proof, body).toMatchObject({ proven: false });
        }
        // The same JSON written otherwise: what is signed is bytes.
        const again = { ...call, body: Buffer.from(`\n${text}`) };
        if (genuine.contentType === "application/json") expect(await prove(again)).toMatchObject({ proven: false });
      });
    }

    if (genuine.timed) {
      test("five minutes are the limit on both sides of our clock", async () => {
        const call = await genuineCall(genuine, { at: new Date(1_800_000_000_000) });
        expect(await prove(moved(call, 300))).toMatchObject({ proven: true });
        expect(await prove(moved(call, -300))).toMatchObject({ proven: true });
        expect(await prove(moved(call, 301))).toEqual({ proven: false, fault: { code: "clock", seconds: 301 } });
        expect(await prove(moved(call, -301))).toEqual({ proven: false, fault: { code: "clock", seconds: -301 } });
      });
    }
  });
}
