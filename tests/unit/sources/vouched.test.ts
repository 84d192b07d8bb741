import { expect, test } from "vitest";
import { newId } from "../../../lib/ids.ts";
import { type Proven, provenIn, vouchedHeader, withoutProof } from "../../../lib/sources/vouched.ts";

const said = (verified: Proven) =>
  vouchedHeader({ provider: "stripe", sourceId: newId(), requestId: newId(), verified });

test.each<Proven>(["signature", "token", "secret", "none", "api", "person"])(
  "%s is read back as it was said",
  (one) => {
    expect(provenIn([["x-other", "verified=signature"], said(one)])).toBe(one);
  },
);

test("nothing is read out of headers that are not ours", () => {
  expect(provenIn([])).toBeNull();
  expect(provenIn([["posthorn-source", "stripe; verified=gossip"]])).toBeNull();
});

test("an edited event says of itself that nothing proves it, and keeps its other headers", () => {
  const edited = withoutProof([["x-kept", "verified=signature"], said("signature")]);
  expect(edited[0]).toEqual(["x-kept", "verified=signature"]);
  expect(edited[1]?.[1]).toMatch(/^stripe; id=src_\w+; request=req_\w+; verified=none; edited$/);
  expect(provenIn(edited)).toBe("none");
});
