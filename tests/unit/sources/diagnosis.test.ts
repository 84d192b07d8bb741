import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Call } from "../../../lib/providers/call.ts";
import { signatureOf } from "../../../lib/providers/digest.ts";
import { PROVIDERS, type ProviderName } from "../../../lib/providers/names.ts";
import { providerOf } from "../../../lib/providers/registry.ts";
import { diagnosisOf, diagnosisOfOther } from "../../../lib/sources/diagnosis.ts";
import type { Alike, Piece } from "../../../lib/sources/diagnosis-words.ts";
import { type Finding, type Look, secondLook } from "../../../lib/sources/second-look.ts";
import { verifiedBy } from "../../../lib/sources/verified-by.ts";
import { GENUINE, type Genuine, genuineCall } from "../../support/provider-calls.ts";

const genuineOf = (name: ProviderName): Genuine => {
  const genuine = GENUINE[name];
  if (!genuine) throw new Error(`no genuine call of ${name}`);
  return genuine;
};
const signedBy = (name: ProviderName, body: string): Promise<Call> => genuineCall({ ...genuineOf(name), body });

/** A look at a call of this provider, as the source would take it; `change` says what is different. */
function lookAt(name: ProviderName, call: Call, change: Partial<Look> = {}): Look {
  const { settings = {}, secrets } = genuineOf(name);
  const [secret] = secrets;
  return { provider: name, settings, secrets: [secret], ended: [], others: [], call, ...change };
}

const text = (pieces: Piece[]) =>
  pieces
    .map((piece) => {
      if (typeof piece === "string") return piece;
      if ("code" in piece) return piece.code;
      return "at" in piece ? piece.at.toISOString() : piece.name;
    })
    .join("");

function wordsOf(name: ProviderName, call: Call, finding: Finding, alike: Alike | null = null): string {
  const { why, evidence, next } = diagnosisOf({ provider: name, call, fault: { code: "mismatch" }, alike }, finding);
  return [why, ...evidence.map(text), text(next)].join("\n");
}

const SIGNERS = PROVIDERS.filter((name) => GENUINE[name] && !GENUINE[name]?.credential && name !== "jwt");

describe.each(SIGNERS)("a refused %s call", (name) => {
  const { secrets } = genuineOf(name);
  const [first, second] = secrets;

  test("whose secret was added since verifies now", async () => {
    const call = await genuineCall(genuineOf(name));
    expect(await secondLook(lookAt(name, call))).toEqual({ name: "verifies_now" });
  });

  test("is told to be signed for the source that has its secret", async () => {
    const call = await genuineCall(genuineOf(name));
    const { settings = {} } = genuineOf(name);
    const other = { id: "1", name: "Shop two", provider: name, settings, secrets: [first] };
    const finding = await secondLook(lookAt(name, call, { secrets: [second], others: [other] }));
    expect(finding).toMatchObject({ name: "other_source", source: { name: "Shop two" } });
    expect(wordsOf(name, call, finding)).toContain("Signed for another source of this workspace: Shop two.");
  });

  test("is told to be signed with the secret that has ended", async () => {
    const call = await genuineCall(genuineOf(name));
    const endedAt = new Date("2026-10-14T09:58:00Z");
    const finding = await secondLook(lookAt(name, call, { secrets: [second], ended: [{ secret: first, endedAt }] }));
    expect(finding).toEqual({ name: "ended_secret", endedAt });
  });

  test("is told apart from one that nobody here has the secret of", async () => {
    const call = await genuineCall(genuineOf(name));
    const finding = await secondLook(lookAt(name, call, { secrets: [second] }));
    expect(finding).toEqual({ name: "fault", fault: { code: "mismatch" } });
    const words = wordsOf(name, call, finding);
    expect(words).toMatch(/a secret (that )?this source does not have/);
    // Where the URL is signed too, it may be the URL that differs.
    expect(words.includes("or for another URL")).toBe(name === "twilio" || name === "mandrill");
    expect(words.includes("Header, time")).toBe(verifiedBy(name, {}).timed);
  });

  test("is never explained with what the right signature, or a secret, would be", async () => {
    // Unlike any word, where the provider takes any text.
    const [first = "", second = ""] = secrets.map((secret) =>
      /^whsec_.{20}/.test(secret) ? secret : `q7-${secret}-z`,
    );
    const call = await genuineCall(genuineOf(name), { secret: first });
    const others = [{ id: "1", name: "Other", provider: name, settings: {}, secrets: [first] }];
    for (const change of [{ secrets: [second] }, { secrets: [second], others }, { secrets: [` ${first}`] }]) {
      const words = wordsOf(name, call, await secondLook(lookAt(name, call, change)));
      expect(words).not.toContain(first);
      expect(words).not.toContain(second);
      expect(words).not.toMatch(/[0-9a-f]{32}|[A-Za-z0-9+/]{27}=/);
    }
  });
});

describe("a secret that was stored in another form", () => {
  test.each([
    ["stripe", "space", (secret: string) => ` ${secret}\n`],
    ["stripe", "prefix", (secret: string) => secret.replace("whsec_", "")],
    ["shopify", "prefix", (secret: string) => `whsec_${secret}`],
    ["github", "quotes", (secret: string) => `"${secret}"`],
    ["slack", "base64", (secret: string) => Buffer.from(secret).toString("base64")],
    ["github", "percent", (secret: string) => encodeURIComponent(secret)],
    ["woocommerce", "scheme", (secret: string) => `sha256=${secret}`],
    ["bearer", "scheme", (secret: string) => `Bearer ${secret}`],
  ] as const)("of %s is told: %s", async (name, form, spoil) => {
    const genuine = genuineOf(name);
    const call = await genuineCall(genuine);
    const finding = await secondLook(lookAt(name, call, { secrets: [spoil(genuine.secrets[0])] }));
    expect(finding).toEqual({ name: "secret_form", form });
  });

  test("with HTML entities is told", async () => {
    const genuine = { ...genuineOf("woocommerce"), secrets: ["a & b <c>", "x"] as [string, string] };
    const finding = await secondLook(
      lookAt("woocommerce", await genuineCall(genuine), { secrets: ["a &amp; b &lt;c&gt;"] }),
    );
    expect(finding).toEqual({ name: "secret_form", form: "entities" });
  });

  test.each([
    ["stripe", "sk_live_51abc", "an API key"],
    ["github", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "an access token"],
    ["slack", "xoxb-1-2-abc", "an access token"],
    ["slack", "gIkuvaNzQIHg97ATvDxqgjtO", "the verification token"],
    ["twilio", `SK${"0".repeat(32)}`, "an SID"],
  ] as const)("that is another thing of %s's is told by its looks", async (name, secret, kind) => {
    const finding = await secondLook(lookAt(name, await genuineCall(genuineOf(name)), { secrets: [secret] }));
    expect(finding).toEqual({ name: "other_kind", kind });
  });
});

describe("a body that was altered on the way is told, and how", () => {
  const pretty = JSON.stringify({ id: "evt_1", type: "a.b", url: "https://x.example/é", list: [1, 2] }, null, 2);
  const compact = JSON.stringify(JSON.parse(pretty));
  const python = '{"id": "evt_1", "type": "a.b", "url": "https://x.example/\\u00e9", "list": [1, 2]}';
  const php = '{"id":"evt_1","type":"a.b","url":"https:\\/\\/x.example\\/\\u00e9","list":[1,2]}';
  test.each([
    ["newline_removed", `${compact}\n`, compact],
    ["newline_removed", `${compact}\r\n`, compact],
    ["newline_added", compact, `${compact}\n`],
    ["newline_added", compact, `${compact}\r\n`],
    ["line_ends", pretty, pretty.replaceAll("\n", "\r\n")],
    ["line_ends", pretty.replaceAll("\n", "\r\n"), pretty],
    ["byte_order_mark", compact, `\ufeff${compact}`],
    ["byte_order_mark", `\ufeff${compact}`, compact],
    ["spaces", pretty, compact],
    ["spaces", compact, pretty],
    ["escapes", python, compact],
    ["escapes", php, compact],
  ])("%s", async (how, signed, came) => {
    const call = await signedBy("stripe", signed);
    const finding = await secondLook(lookAt("stripe", { ...call, body: Buffer.from(came) }));
    expect(finding).toEqual({ name: "body_altered", how });
    expect(wordsOf("stripe", call, finding)).toContain("The body was altered on the way; the secret is right.");
  });

  test("unpacked", async () => {
    const call = await signedBy("github", compact);
    const packed = { ...call, body: gzipSync(compact) };
    expect(await secondLook(lookAt("github", packed))).toEqual({ name: "body_altered", how: "unpacked" });
  });

  test("form", async () => {
    const genuine = { ...genuineOf("slack"), contentType: "application/x-www-form-urlencoded", body: "text=a%20b%2Fc" };
    const call = await genuineCall(genuine);
    const finding = await secondLook(lookAt("slack", { ...call, body: Buffer.from("text=a+b%2Fc") }));
    expect(finding).toEqual({ name: "body_altered", how: "form" });
  });

  test("a value that was changed is no proxy's doing", async () => {
    const call = await signedBy("stripe", '{"amount":1}');
    const finding = await secondLook(lookAt("stripe", { ...call, body: Buffer.from('{"amount":1000}') }));
    expect(finding).toEqual({ name: "fault", fault: { code: "mismatch" } });
  });

  test("bytes that are no gzip, no JSON and no text hurt nobody", async () => {
    const call = await signedBy("stripe", "{}");
    for (const body of [Buffer.from([0x1f, 0x8b, 0, 1]), Buffer.from([0xff, 0xfe, 0]), Buffer.alloc(0)]) {
      expect(await secondLook(lookAt("stripe", { ...call, body }))).toMatchObject({ name: "fault" });
    }
  });
});

describe("an address that is not the one that was signed is told, and how", () => {
  test.each([
    ["scheme", "http://hooks.example.com/in/tok_1?a=1", {}],
    ["slash", "https://hooks.example.com/in/tok_1/?a=1", {}],
    ["query", "https://hooks.example.com/in/tok_1", {}],
    ["host", "https://other.example/in/tok_1?a=1", { host: "other.example" }],
    ["host", "http://inner.example:8080/in/tok_1?a=1", { "x-forwarded-host": "inner.example:8080" }],
  ])("%s: %s", async (how, url, headers) => {
    const genuine = genuineOf("mandrill");
    const call = await genuineCall(genuine);
    const proof = await genuine.proof(genuine.body, genuine.secrets[0], call.receivedAt, url);
    const came = { ...call, headers: new Map([...call.headers, ...Object.entries({ ...proof, ...headers })]) };
    expect(await secondLook(lookAt("mandrill", came))).toEqual({ name: "url_altered", how });
  });
});

describe("a signature made in another way than the source was told", () => {
  const call = (signature: string): Call => ({
    method: "POST",
    url: "https://hooks.example.com/in/tok_1",
    headers: new Map([["x-signature", signature]]),
    body: Buffer.from("{}"),
    receivedAt: new Date(),
  });
  test.each([
    ["encoding", "base64", signatureOf({ algorithm: "sha256", encoding: "base64", key: "k" }, "{}")],
    ["algorithm", "sha512", signatureOf({ algorithm: "sha512", encoding: "hex", key: "k" }, "{}")],
    ["algorithm", "sha1", signatureOf({ algorithm: "sha1", encoding: "base64", key: "k" }, "{}")],
  ])("is told: %s %s", async (setting, value, signature) => {
    const look: Look = {
      provider: "hmac",
      settings: {},
      secrets: ["k"],
      ended: [],
      others: [],
      call: call(signature),
    };
    expect(await secondLook(look)).toEqual({ name: "scheme", setting, value });
  });
});

describe("a time that is too far off", () => {
  test.each([
    [301, true],
    [-301, true],
    [86_400, true],
  ])("%i s: the signature is looked at as of its own time", async (seconds, signed) => {
    const call = await genuineCall(genuineOf("stripe"), { at: new Date("2026-10-14T09:58:00Z") });
    const late = { ...call, receivedAt: new Date(call.receivedAt.getTime() + seconds * 1_000) };
    const finding = await secondLook(lookAt("stripe", late));
    expect(finding).toMatchObject({ name: "clock", signed });
    expect(await secondLook(lookAt("stripe", late, { secrets: ["whsec_other"] }))).toMatchObject({ signed: false });
  });

  test("is told in words", async () => {
    const call = await genuineCall(genuineOf("stripe"));
    const finding: Finding = { name: "clock", seconds: 7_300, signed: true };
    expect(wordsOf("stripe", call, finding)).toContain("Its signature is 2 h old; 300 s are allowed.");
  });
});

describe("a header that is missing", () => {
  const without = async (name: ProviderName, header: string, extra: Record<string, string> = {}) => {
    const call = await genuineCall(genuineOf(name));
    const headers = new Map([...call.headers, ...Object.entries(extra)]);
    headers.delete(header);
    return { ...call, headers };
  };

  test("is named, with what stands in front", async () => {
    const call = await without("stripe", "stripe-signature", { "cf-ray": "1" });
    const words = wordsOf("stripe", call, await secondLook(lookAt("stripe", call)));
    expect(words).toContain("The header stripe-signature is missing, so nothing proves who sent it.");
    expect(words).toContain("It came through Cloudflare, which shows itself as cf-ray.");
  });

  test("is no header at a service whose secret is in the URL, and told so", async () => {
    const call: Call = {
      method: "POST",
      url: "https://hooks.example.com/in/token",
      headers: new Map([["content-type", "application/x-www-form-urlencoded"]]),
      body: Buffer.from("type=subscribe"),
      receivedAt: new Date(),
    };
    const look: Look = { provider: "mailchimp", settings: {}, secrets: ["a-secret"], ended: [], others: [], call };
    const words = wordsOf("mailchimp", call, await secondLook(look));
    expect(words).toContain("The URL it called lacks this source's secret");
    expect(words).toContain("Paste the URL with its secret at Mailchimp");
    expect(words).not.toContain("header");
  });

  test("of a provider that signs only with a secret says where to enter it", async () => {
    const call = await without("github", "x-hub-signature-256", { "x-github-event": "push" });
    expect(wordsOf("github", call, await secondLook(lookAt("github", call)))).toContain(
      "Enter the secret at GitHub too: without one it signs nothing.",
    );
  });

  test("is told when only GitHub's older one is there", async () => {
    const call = await without("github", "x-hub-signature-256", { "x-hub-signature": "sha1=00" });
    expect(wordsOf("github", call, await secondLook(lookAt("github", call)))).toContain("proves too little");
  });

  test("is told when the call is another provider's", async () => {
    const call = await genuineCall(genuineOf("stripe"));
    call.headers = new Map([["x-slack-signature", "v0=00"]]);
    const finding = await secondLook(lookAt("stripe", call));
    expect(wordsOf("stripe", call, finding)).toContain(
      "Its headers are those of Slack, and this source is for Stripe.",
    );
  });
});

describe("what others like it tell", () => {
  const since = new Date("2026-10-14T09:58:00Z");
  const finding: Finding = { name: "fault", fault: { code: "mismatch" } };
  const alike: Alike = { count: 6, atLeast: false, since, types: ["charge.refunded"], othersVerify: true };

  test("one type that is refused while others verify is a second webhook", async () => {
    const words = wordsOf("stripe", await genuineCall(genuineOf("stripe")), finding, alike);
    expect(words).toContain("All 6 like it since 2026-10-14T09:58:00.000Z are charge.refunded. Other types verify, so");
    expect(words).toContain("Add the secret of the other Stripe webhook that posts here; both will be accepted.");
  });

  test("many types are counted only, and nothing is guessed", async () => {
    const call = await genuineCall(genuineOf("stripe"));
    const words = wordsOf("stripe", call, finding, { ...alike, types: null, othersVerify: false, count: 1_000 });
    expect(words).toContain("All 1\u202f000 like it since 2026-10-14T09:58:00.000Z ended the same way.");
    expect(words).toContain("Add the signing secret (whsec_… of this endpoint");
  });

  test("one alone has no company", async () => {
    const call = await genuineCall(genuineOf("stripe"));
    expect(wordsOf("stripe", call, finding, { ...alike, count: 1 })).not.toContain("like it");
  });
});

test("an address outside the ranges, and a body that is none, are told in words", async () => {
  const call = await genuineCall(genuineOf("stripe"));
  const refused = { provider: "stripe", call, alike: null } as const;
  expect(diagnosisOfOther({ ...refused, fault: { code: "address" } }).why).toMatch(/outside the ranges/);
  const unparsable = diagnosisOfOther({ ...refused, fault: { code: "unparsable", why: "the body is not JSON" } });
  expect(unparsable.evidence.map(text)).toEqual(["The body is not JSON."]);
});

test.each(PROVIDERS)("every fault of %s has words", (name) => {
  const call: Call = {
    method: "POST",
    url: "https://hooks.example.com/in/tok_1",
    headers: new Map(),
    body: Buffer.alloc(0),
    receivedAt: new Date(),
  };
  const faults = [
    { code: "header_missing", header: "x-a" },
    { code: "header_malformed", header: "x-a" },
    { code: "clock", seconds: 301 },
    { code: "mismatch" },
    { code: "body_not_signed" },
    { code: "no_secret" },
    { code: "token", why: "it has expired" },
  ] as const;
  for (const fault of faults) {
    const told = diagnosisOf({ provider: name, call, fault, alike: null }, { name: "fault", fault });
    expect(told.why).toMatch(/^[A-Z].*\.$/);
    expect(text(told.next)).toMatch(/^[A-Z].*\.$/);
    expect(providerOf(name).label).not.toBe("");
  }
});

test("while a large call is looked at, others are heard", async () => {
  const call = await signedBy("hmac", `{"a":"${"x".repeat(1_000_000)}"}`);
  const look = lookAt("hmac", call, { secrets: ["mistyped", "wrong"] });
  let heard = 0;
  const listening = setInterval(() => heard++, 0);
  expect(await secondLook(look)).toMatchObject({ name: "fault" });
  clearInterval(listening);
  expect(heard).toBeGreaterThan(5);
});
