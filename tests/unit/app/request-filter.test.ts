import { expect, test } from "vitest";
import { asFilter, paneQuery, queryOf, requestSearch } from "@/app/(console)/w/[workspace]/sources/[source]/filter";
import { copiedRequest, PLACEHOLDER } from "@/app/(console)/w/[workspace]/sources/[source]/requests/[request]/copied";
import { formatId, newId } from "@/lib/ids.ts";
import { MASK } from "@/lib/sources/sealed.ts";

const NOW = new Date("2026-10-14T10:00:00Z");
const REQUEST = formatId("req", newId());

test("an inbox's address says what it shows, and what is wrong in it falls away", () => {
  const search = requestSearch.parse({
    verdict: "quarantined",
    code: "4xx",
    body: "data.id:1",
    sel: REQUEST,
    view: "hex",
  });
  expect(asFilter("s", search, NOW)).toMatchObject({
    sourceId: "s",
    verdict: ["refused", "unparsable"],
    code: { least: 400, most: 499 },
    body: [{ path: ["data", "id"], value: "1" }],
    from: null,
  });
  expect(requestSearch.parse({ verdict: "colour", code: "9", method: "BREW", sel: "evt_1", range: "x" })).toEqual({
    ...requestSearch.parse({}),
  });
  expect(asFilter("s", requestSearch.parse({ range: "24h" }), NOW).from).toEqual(new Date("2026-10-13T10:00:00Z"));
});

test("a change of filter leads to the first page with nothing open; opening a request keeps the page", () => {
  const search = requestSearch.parse({ type: "charge.*", before: REQUEST, sel: REQUEST, view: "raw" });
  expect(queryOf(search, { verdict: "refused" })).toBe("type=charge.*&verdict=refused");
  expect(paneQuery(search, { sel: REQUEST })).toBe(`type=charge.*&before=${REQUEST}&sel=${REQUEST}`);
});

test("a copied request says where credentials were, and carries everything else", () => {
  const code = copiedRequest("curl", {
    method: "POST",
    path: `/in/${MASK}?secret=${MASK}&a=1`,
    headers: [
      ["authorization", MASK],
      ["x-a", "it's"],
    ],
    body: Buffer.from("{}"),
    url: "https://hooks.example/in/st_1",
    by: { header: null, words: "", timed: false },
  });
  expect(code).toContain(`# Credentials are masked: put them in where ${PLACEHOLDER} stands.`);
  expect(code).toContain(`'https://hooks.example/in/st_1?secret=${PLACEHOLDER}&a=1'`);
  expect(code).toContain(`'authorization: ${PLACEHOLDER}'`);
  expect(code).toContain("'x-a: it'\\''s'");
  expect(code).not.toContain(MASK);
});
