import { json } from "@codemirror/lang-json";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { jsonPathAt } from "@/components/deliveries/json-path";

const TEXT = `{
  "order": { "items": [{ "sku": "a" }, { "sku": "b", "a b": [1, [2, 3]] }], "größe": null, "x.y": true }
}`;
const state = EditorState.create({ doc: TEXT, extensions: [json()] });

test.each([
  ['"b"', "order.items[1].sku"],
  ['"sku": "a"', "order.items[0].sku"],
  ["3]", 'order.items[1]["a b"][1][1]'],
  ["null", "order.größe"],
  ["true", 'order["x.y"]'],
  ['"order"', "order"],
])("at %s the path is %s", (at, path) => {
  expect(jsonPathAt(state, TEXT.indexOf(at))).toBe(path);
});

test("outside of any value there is no path", () => {
  expect(jsonPathAt(state, 0)).toBeNull();
  expect(jsonPathAt(EditorState.create({ doc: "plain" }), 2)).toBeNull();
});
