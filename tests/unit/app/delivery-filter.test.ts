import { expect, test } from "vitest";
import { asFilter, deliverySearch, queryOf, rangeOf } from "@/app/(console)/w/[workspace]/deliveries/filter";
import { formatId, newId } from "@/lib/ids.ts";

const now = new Date("2026-10-14T12:00:00Z");

test("without an address the list looks back 24 hours", () => {
  const search = deliverySearch.parse({});
  expect(rangeOf(search)).toBe("24h");
  expect(asFilter(search, now).from).toEqual(new Date("2026-10-13T12:00:00Z"));
});

test("what is wrong in an address falls away instead of failing", () => {
  const search = deliverySearch.parse({
    status: ["failed", "nonsense", "sending"],
    type: "",
    endpoint: "ep_nope",
    range: "99y",
    from: "yesterday",
    before: "dlv_x",
  });
  expect(search).toEqual({ status: ["failed"] });
});

test("an address says all of its filters and leads back to the same list", () => {
  const endpoint = formatId("ep", newId());
  const search = deliverySearch.parse({ status: "retrying,failed", type: "order.created", endpoint, range: "7d" });
  expect(deliverySearch.parse(Object.fromEntries(new URLSearchParams(queryOf(search))))).toEqual(search);
});

test("changing a filter leads back to the first page", () => {
  const search = deliverySearch.parse({ before: formatId("dlv", newId()), status: "failed" });
  expect(queryOf(search, { range: "1h" })).toBe("status=failed&range=1h");
});

test("a span of moments takes the place of the range", () => {
  const search = deliverySearch.parse({ from: "2026-10-14T09:00:00Z", to: "2026-10-14T10:00:00Z", range: "7d" });
  expect(rangeOf(search)).toBeNull();
  expect(asFilter(search, now)).toMatchObject({
    from: new Date("2026-10-14T09:00:00Z"),
    to: new Date("2026-10-14T10:00:00Z"),
  });
});
