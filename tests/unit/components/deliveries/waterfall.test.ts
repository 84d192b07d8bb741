import fc from "fast-check";
import { expect, test } from "vitest";
import { niceEnd, phasesOf } from "@/components/deliveries/waterfall";

const none = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, reusedConnection: false };

test("phases follow each other and fill the whole call", () => {
  const phases = phasesOf({ ...none, dnsMs: 2, connectMs: 11, tlsMs: 24, firstByteMs: 208, totalMs: 214 });
  expect(phases).toEqual([
    { name: "DNS", from: 0, ms: 2 },
    { name: "Connect", from: 2, ms: 11 },
    { name: "TLS", from: 13, ms: 24 },
    { name: "Wait", from: 37, ms: 171 },
    { name: "Download", from: 208, ms: 6 },
  ]);
});

test("a call that was never answered says so", () => {
  expect(phasesOf({ ...none, dnsMs: 2, connectMs: 3, totalMs: 15_000 }).at(-1)).toEqual({
    name: "No answer",
    from: 5,
    ms: 14_995,
  });
});

test("a call of no measurable length still has a bar", () => {
  expect(phasesOf({ ...none, totalMs: 0 })).toEqual([{ name: "Total", from: 0, ms: 0 }]);
});

test("the scale ends at or after the call, in four whole steps", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), (total) => {
      const end = niceEnd(total);
      expect(end).toBeGreaterThanOrEqual(total);
      expect(end % 4).toBe(0);
    }),
  );
});
