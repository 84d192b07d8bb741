import { ensureSyntaxTree, type syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";

type SyntaxNode = ReturnType<ReturnType<typeof syntaxTree>["resolveInner"]>;

/** A tree that takes longer to read than that is not worth waiting for. */
const MOST_MS = 50;

/** Where a position stands in a JSON document, such as `order.items[0].sku`; null outside of any value. */
export function jsonPathAt(state: EditorState, position: number): string | null {
  const tree = ensureSyntaxTree(state, Math.min(state.doc.length, position + 1), MOST_MS);
  if (!tree) return null;
  const steps: string[] = [];
  for (let node: SyntaxNode | null = tree.resolveInner(position, 1); node?.parent; node = node.parent) {
    if (node.name === "Property") steps.unshift(step(nameOf(state, node)));
    else if (node.parent.name === "Array" && isValue(node)) steps.unshift(`[${indexOf(node)}]`);
  }
  return steps.length > 0 ? steps.join("").replace(/^\./, "") : null;
}

function nameOf(state: EditorState, property: SyntaxNode): string {
  const name = property.getChild("PropertyName");
  const text = name ? state.sliceDoc(name.from, name.to) : '""';
  try {
    return String(JSON.parse(text));
  } catch {
    // Half a name, in a document that is cut off.
    return text;
  }
}

const step = (name: string) => (/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);

function indexOf(value: SyntaxNode): number {
  let index = 0;
  for (let before = value.prevSibling; before; before = before.prevSibling) if (isValue(before)) index++;
  return index;
}

const isValue = ({ name }: SyntaxNode) => /^(?:Object|Array|String|Number|True|False|Null)$/.test(name);
