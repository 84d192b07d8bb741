import { json, jsonParseLinter } from "@codemirror/lang-json";
import type { Diagnostic } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";

export const support = json;

/** Where a text stops being JSON; an empty box is left alone. */
export function syntax(): (view: EditorView) => Diagnostic[] {
  const parse = jsonParseLinter();
  return (view) => (view.state.doc.toString().trim() === "" ? [] : parse(view));
}
