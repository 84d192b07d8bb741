import { expect, test } from "vitest";
import { asFilter, deliverySearch, queryOf, rangeOf } from "@/app/(console)/w/[workspace]/deliveries/filter";
import { askedOf } from "@/app/(console)/w/[workspace]/list-address";
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
    code: "6xx",
    attempts: "5-2",
    outcome: "sulking",
    body: ["order.id", ":1"],
    q: "half a \ud800 pair",
  });
  expect(search).toEqual({ status: ["failed"], body: [] });
});

test("an address says all of its filters and leads back to the same list", () => {
  const endpoint = formatId("ep", newId());
  const words = { customer: "acme", q: "50 % off", code: "5xx", attempts: ">3", outcome: "timeout" };
  const search = deliverySearch.parse({ status: "retrying,failed", type: "order.*", endpoint, range: "7d", ...words });
  expect(deliverySearch.parse(Object.fromEntries(new URLSearchParams(queryOf(search))))).toEqual(search);
  expect(asFilter(search, now)).toMatchObject({
    eventType: "order.*",
    code: { least: 500, most: 599 },
    attempts: { least: 4, most: null },
    text: "50 % off",
  });
});

test("conditions on the payload each have a parameter of their own, up to three", () => {
  const body = ["order.id:1", "total:5:00", "a:b", "c:d"];
  const search = deliverySearch.parse({ body });
  expect(new URLSearchParams(queryOf(search)).getAll("body")).toEqual(body.slice(0, 3));
  expect(asFilter(search, now).body?.[1]).toEqual({ path: ["total"], value: "5:00" });
});

test("an endpoint is named by its id or by part of its URL", () => {
  const id = newId();
  expect(asFilter(deliverySearch.parse({ endpoint: formatId("ep", id) }), now)).toMatchObject({ endpointId: id });
  expect(asFilter(deliverySearch.parse({ endpoint: "acme" }), now)).toMatchObject({
    endpointId: null,
    endpointText: "acme",
  });
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

test("a query that names something twice is read as the page reads its address", () => {
  const asked = askedOf(new URLSearchParams("status=failed&body=a:1&body=b:2"));
  expect(asked).toEqual({ status: "failed", body: ["a:1", "b:2"] });
  expect(deliverySearch.parse(asked).body).toEqual(["a:1", "b:2"]);
});
