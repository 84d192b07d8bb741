import { expect, test } from "vitest";
import {
  type AddressPolicy,
  addressPolicy,
  checkUrl,
  isForbiddenAddress,
  refusal,
} from "../../../lib/delivery/address-policy.ts";

const base = {
  PORT: 3000,
  RECEIVER_PORT: 4000,
  DATABASE_URL: "postgres://x@10.1.2.3:6499/x",
  DATABASE_DIRECT_URL: "postgres://x@10.1.2.3:5499/x",
};
const strict = addressPolicy({ ...base, HOST: "0.0.0.0", DELIVERY_ALLOW_CIDRS: [] });
const onLoopback = addressPolicy({ ...base, HOST: "127.0.0.1", DELIVERY_ALLOW_CIDRS: [] });
const opened = addressPolicy({
  ...base,
  HOST: "0.0.0.0",
  DELIVERY_ALLOW_CIDRS: ["10.0.0.0/8", "169.254.0.0/16", "fd00::/8"],
});

test.each([
  ...["127.0.0.1", "127.1.2.3", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"],
  ...["169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.51.100.1", "203.0.113.1"],
  ...["198.18.0.1", "192.88.99.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "168.63.129.16"],
  ...["::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "fd20:ce::254", "fec0::1", "ff02::1", "100::1"],
  ...["2001:db8::1", "3fff::1", "5f00::1", "2001::1", "2001:10::1", "2001:20::1", "2002:7f00:1::", "2002:808:808::1"],
  ...[
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
  ],
  ...["fe80::1%eth0", "localhost", "", "8.8.8.8.8"],
])("%j is refused", (address) => {
  expect(isForbiddenAddress(address, strict)).toBe(true);
});

test.each(["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450:4001::1"])(
  "%s may be reached",
  (address) => expect(isForbiddenAddress(address, strict)).toBe(false),
);

test("an operator opens ranges, and metadata addresses stay closed in them", () => {
  expect(["10.9.9.9", "169.254.1.1", "fd12::1"].map((ip) => isForbiddenAddress(ip, opened))).toEqual([
    false,
    false,
    false,
  ]);
  expect(["169.254.169.254", "fd00:ec2::254", "192.168.0.1"].map((ip) => isForbiddenAddress(ip, opened))).toEqual([
    true,
    true,
    true,
  ]);
});

test("metadata addresses stay closed in whatever form, even where an operator has opened all of IPv6", () => {
  const wide = addressPolicy({ ...base, HOST: "0.0.0.0", DELIVERY_ALLOW_CIDRS: ["::/0"] });
  const forms = ["::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "::ffff:168.63.129.16", "fd00:ec2::254"];
  expect(forms.map((ip) => isForbiddenAddress(ip, wide))).toEqual([true, true, true, true]);
  expect(isForbiddenAddress("64:ff9b::808:808", wide)).toBe(false);
});

test("loopback is open only when Posthorn itself listens on loopback, and never its own ports or the database", () => {
  expect(refusal("127.0.0.1", 8080, onLoopback)).toBeNull();
  expect(refusal("::1", 8080, onLoopback)).toBeNull();
  expect(refusal("127.0.0.1", 8080, strict)).toContain("not a public address");
  expect(refusal("127.0.0.1", 3000, onLoopback)).toContain("Posthorn itself");
  expect(refusal("127.0.0.1", 4000, onLoopback)).toContain("Posthorn itself");
  for (const port of [5499, 6499]) expect(refusal("10.1.2.3", port, opened)).toContain("database");
  expect(refusal("8.8.8.8", 3000, strict)).toBeNull();
});

test.each([
  ...["http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://0x7f.1/", "http://0/"],
  ...[
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://%31%32%37.0.0.1/",
    "http://127.0.0.1./",
    "http://1\u00ad27.0.0.1/",
  ],
  ...[
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::]/",
    "http://[fe80::1%25eth0]/",
    "http://[64:ff9b::7f00:1]/",
  ],
  ...["http://localhost/", "http://LOCALHOST./", "http://a.localhost/", "http://ip6-localhost/", "http://localhost../"],
  ...["http://metadata.google.internal/", "http://db.internal./", "http://nas.local/", "http://x.home.arpa/"],
  ...["http://receiver.posthorn.internal/ok", "http://user:pass@example.com/", "http://user@example.com/"],
  ...[
    "http://example.com/#x",
    "http:\\\\example.com/",
    "http:/example.com/",
    "http:example.com",
    "http:///example.com/",
  ],
  ...["ht\ttp://example.com/", " http://example.com/", "http://exa mple.com/", "//example.com/", "example.com", ""],
  ...[
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "javascript:alert(1)",
    "http://example.com:25/",
  ],
  ...["http://example.com:6379/", "http://example.com:5432/", "http://[::1/", "http://example.com:99999/", "http://./"],
])("the URL %j is refused, with a sentence", (url) => {
  const verdict = checkUrl(url, strict);
  expect(verdict).toMatchObject({ ok: false, problem: expect.stringMatching(/^.{15,}$/) });
});

test.each([
  "https://example.com/hooks?x=1",
  "http://example.com:8080/",
  "https://8.8.8.8/",
  "https://bücher.example/",
  "https://example.com./",
])("the URL %j is fine", (url) => expect(checkUrl(url, strict)).toMatchObject({ ok: true }));

test("localhost is fine where loopback is, except on Posthorn's own port", () => {
  const verdicts = ["http://localhost:8080/", "http://[::1]:8080/", "http://localhost:3000/"].map(
    (url) => checkUrl(url, onLoopback).ok,
  );
  expect(verdicts).toEqual([true, true, false]);
});

test("internal names are fine once an operator has opened a private range", () => {
  const check = (policy: AddressPolicy) => checkUrl("http://app.internal/", policy).ok;
  expect([check(strict), check(onLoopback), check(opened)]).toEqual([false, false, true]);
});
