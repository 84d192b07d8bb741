import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PaletteContext, paletteGroups } from "../../../../components/shell/palette/commands.ts";
import { pastedTargets } from "../../../../components/shell/palette/pasted.ts";
import { objectAt, type Visit, withVisit } from "../../../../components/shell/palette/recent.ts";
import { sameSectionIn } from "../../../../components/shell/sections.ts";
import { formatId, ID_PREFIXES, newId } from "../../../../lib/ids.ts";

const ORIGIN = "https://hooks.fieldnote.test";
const targets = (text: string) => pastedTargets(text, "shop", ORIGIN).map(({ href }) => href);

describe("what is pasted", () => {
  test("any id opens, wherever it stands in the text", () => {
    const surrounding = fc.constantFrom("", "delivery ", '{"id":"', "https://example.com/x/", "2026-11-21 ERROR id=");
    fc.assert(
      fc.property(
        fc.constantFrom(...ID_PREFIXES),
        surrounding,
        fc.constantFrom("", ".", '"}', "?a=1", " failed"),
        (prefix, before, after) => {
          const id = formatId(prefix, newId());
          expect(targets(before + id + after)).toEqual([`/w/shop/search?q=${id}`]);
        },
      ),
    );
  });

  test("an address of this console opens its page, with everything in it", () => {
    expect(targets(`${ORIGIN}/w/shop/deliveries?status=failed#x`)).toEqual(["/w/shop/deliveries?status=failed#x"]);
    expect(targets("/w/other/overview")).toEqual(["/w/other/overview"]);
  });

  test.each([
    "https://elsewhere.test/w/shop/deliveries",
    "//elsewhere.test/w/shop",
    "javascript:alert(1)",
    "https://hooks.fieldnote.test@elsewhere.test/w/shop",
    "/settings",
    "/w/../../x",
    "dlv_short",
    "",
  ])("%j opens nothing", (text) => {
    expect(targets(text)).toEqual([]);
  });

  test("no text leads off this site", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
        for (const href of targets(text)) expect(new URL(href, ORIGIN).origin).toBe(ORIGIN);
      }),
    );
  });

  test("of a whole log the first five ids are offered, each once", () => {
    const ids = Array.from({ length: 7 }, () => formatId("dlv", newId()));
    expect(targets([...ids, ids[0]].join("\n"))).toHaveLength(5);
  });
});

describe("what is offered", () => {
  const context: PaletteContext = {
    slug: "shop",
    path: "/w/shop/deliveries",
    origin: ORIGIN,
    may: ["read", "configure", "keys", "team"],
    workspaces: [
      { slug: "shop", name: "Shop", environment: "live" },
      { slug: "staging", name: "Staging", environment: "test" },
    ],
  };
  const visit: Visit = { path: "/w/shop/endpoints/ep_1", title: "Acme", noun: "endpoint" };
  const labels = (given: Partial<PaletteContext> = {}, text = "", recent: Visit[] = []) =>
    paletteGroups(text, { ...context, ...given }, [], recent).flatMap(({ items }) => items.map(({ label }) => label));

  test("only what this person may create", () => {
    expect(labels()).toContain("Create endpoint");
    expect(labels({ may: ["read"] }).filter((label) => /^(Create|Invite)/.test(label))).toEqual([]);
  });

  test("what was looked at, but for the page that is open", () => {
    expect(labels({}, "", [visit])).toContain("Acme");
    expect(labels({ path: visit.path }, "", [visit])).not.toContain("Acme");
  });

  test("another workspace on the same page, an object's list where the object is not", () => {
    const groups = paletteGroups("", { ...context, path: "/w/shop/deliveries/dlv_1" }, [], []);
    expect(groups.find(({ value }) => value === "Workspace")?.items).toMatchObject([
      { label: "Switch to Staging", href: "/w/staging/deliveries" },
    ]);
    expect(sameSectionIn("staging", "/w/shop/settings/team")).toBe("/w/staging/settings/team");
    expect(sameSectionIn("staging", "/w/shop/settings/team/usr_1")).toBe("/w/staging/settings/team");
    expect(sameSectionIn("staging", "/w/shop")).toBe("/w/staging/overview");
  });

  test("two ways to look for any other text", () => {
    expect(labels({}, "acme & co")).toEqual(
      expect.arrayContaining(["Search deliveries for “acme & co”", "Search everything for “acme & co”"]),
    );
    expect(labels().some((label) => label.startsWith("Search"))).toBe(false);
  });

  test("every line has a name of its own", () => {
    const ids = paletteGroups("x", context, [], [visit]).flatMap(({ items }) => items.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("what was looked at", () => {
  test("is an object, not a list, a form or a setting", () => {
    expect(objectAt("/w/shop/deliveries/dlv_1")).toEqual({ noun: "delivery" });
    for (const path of [
      "/w/shop/deliveries",
      "/w/shop/endpoints/new",
      "/w/shop/endpoints/ep_1/edit",
      "/w/shop/settings/team",
    ]) {
      expect(objectAt(path), path).toBeNull();
    }
  });

  test("is remembered once, the latest first, eight at most", () => {
    const visits = Array.from({ length: 9 }, (_, n) => ({
      path: `/w/shop/events/evt_${n}`,
      title: `${n}`,
      noun: "event",
    }));
    const kept = visits.reduce<Visit[]>(withVisit, []);
    expect(kept.map(({ title }) => title)).toEqual(["8", "7", "6", "5", "4", "3", "2", "1"]);
    expect(withVisit(kept, visits[5]!).map(({ title }) => title)).toEqual(["5", "8", "7", "6", "4", "3", "2", "1"]);
  });
});
