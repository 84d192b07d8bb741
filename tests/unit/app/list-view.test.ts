import { expect, test } from "vitest";
import {
  listView,
  withColumns,
  withCursor,
  withPanel,
} from "../../../app/(console)/w/[workspace]/deliveries/list-view.ts";
import { columnsForm, defaultViewForm, widthForm } from "../../../app/(console)/w/[workspace]/deliveries/view-forms.ts";
import { formatId, newId } from "../../../lib/ids.ts";

const id = formatId("dlv", newId());

test("what is open and which columns are shown are read from the address; what is wrong there falls away", () => {
  expect(listView.parse({ sel: id, att: "3", tab: "response", cols: "id" })).toMatchObject({ sel: id, cols: "id" });
  expect(listView.parse({ sel: "dlv_nonsense", cols: "x".repeat(201) })).toEqual({});
  expect(listView.parse({ sel: [id, "dlv_other"] })).toEqual({ sel: id });
});

test("an address is put together without stray signs, and says everything once", () => {
  expect(withColumns("", {})).toBe("");
  expect(withColumns("status=failed", { cols: "status,id" })).toBe("status=failed&cols=status%2Cid");
  expect(withCursor("", { before: id })).toBe(`before=${id}`);
  expect(withPanel("status=failed", { sel: id, att: undefined, tab: "raw" })).toBe(`status=failed&sel=${id}&tab=raw`);
  expect(withPanel("", {})).toBe("");
});

test.each(["endpoint:hidden", "id:earlier", "reset"])("the column menu's button %s is understood", (change) => {
  expect(columnsForm.safeParse({ shown: "status,type", change }).success).toBe(true);
});

test.each(["nonsense:hidden", "endpoint:sideways", "endpoint", "", "toString:hidden"])(
  "%j is no button of it",
  (change) => {
    expect(columnsForm.safeParse({ shown: "status,type", change }).success).toBe(false);
  },
);

test("a width is a number of pixels", () => {
  expect(widthForm.safeParse({ width: "600" })).toMatchObject({ success: true, data: { width: 600 } });
  for (const width of ["", "wide", "-1", "0", "1e9", "5.5"]) expect(widthForm.safeParse({ width }).success).toBe(false);
});

test("the first view is one of the workspace's, or none", () => {
  const view = newId();
  expect(defaultViewForm.parse({ view: formatId("vw", view) })).toEqual({ view });
  expect(defaultViewForm.parse({ view: "" })).toEqual({ view: null });
  expect(defaultViewForm.safeParse({ view: id }).success).toBe(false);
});
