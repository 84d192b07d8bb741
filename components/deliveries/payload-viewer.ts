import { standardKeymap } from "@codemirror/commands";
import { EditorView, keymap } from "@codemirror/view";
import { type CodeView, mountCode } from "@/components/editor/codemirror";
import { jsonPathAt } from "./json-path";

type ViewerOptions = {
  parent: HTMLElement;
  text: string;
  label: string;
  json: boolean;
  wrap: boolean;
  /** The path of the value at the caret, or where the selection begins; null outside of any. */
  onPath: (path: string | null) => void;
};

/** A payload to fold and search in; nothing can be changed. */
export function mountPayload({ parent, text, label, json, wrap, onPath }: ViewerOptions): Promise<CodeView> {
  const paths = EditorView.updateListener.of(({ selectionSet, state }) => {
    if (selectionSet) onPath(jsonPathAt(state, state.selection.main.from));
  });
  return mountCode({
    parent,
    text,
    label,
    language: json ? "json" : "text",
    readOnly: true,
    wrap,
    extensions: [keymap.of(standardKeymap), json ? paths : []],
  });
}
