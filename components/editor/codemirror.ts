import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  indentOnInput,
  type LanguageSupport,
} from "@codemirror/language";
import { type Diagnostic, linter, lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension, StateEffect } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder as placeholderText,
  type ViewUpdate,
} from "@codemirror/view";
import type { CodeProblem } from "./code-problem";
import { codeTheme } from "./code-theme";

/** How long typing rests before its problems are marked. */
const CHECK_AFTER_MS = 400;

export type CodeLanguage = "json" | "javascript" | "text";

export type CodeOptions = {
  parent: HTMLElement;
  text: string;
  /** What a screen reader calls it. */
  label: string;
  language: CodeLanguage;
  readOnly?: boolean;
  wrap?: boolean;
  placeholder?: string;
  /** Further attributes of the text itself, such as an id or what describes it. */
  attributes?: Record<string, string>;
  onChange?: (text: string) => void;
  /** Whatever one box has beyond the others. */
  extensions?: Extension;
};

/** A mounted code box. */
export type CodeView = {
  view: EditorView;
  setText: (text: string) => void;
  setProblems: (problems: CodeProblem[]) => void;
  setWrap: (wrap: boolean) => void;
  setAttributes: (attributes: Record<string, string>) => void;
  openSearch: () => void;
  destroy: () => void;
};

type Language = { support: LanguageSupport | []; syntax?: (view: EditorView) => Diagnostic[] };

/** Each language is fetched by the first box that is written in it. */
const LANGUAGES: Record<CodeLanguage, () => Promise<Language>> = {
  json: () => import("./json-language").then(({ support, syntax }) => ({ support: support(), syntax: syntax() })),
  javascript: () => import("./javascript-language").then(({ support }) => ({ support: support() })),
  text: async () => ({ support: [] }),
};

/**
 * CodeMirror in the page's looks: line numbers, folding, search (⌘F), undo, problems at their lines. Tab leaves the
 * box, as everywhere on a page; ⌘Enter is left to the form around it.
 */
export async function mountCode(options: CodeOptions): Promise<CodeView> {
  const { parent, text, label, language, readOnly = false, wrap = false, onChange } = options;
  const { support, syntax } = await LANGUAGES[language]();
  const [wrapping, attributes] = [new Compartment(), new Compartment()];
  const attributesOf = (more: Record<string, string> = {}) =>
    EditorView.contentAttributes.of({
      "aria-label": label,
      autocapitalize: "off",
      // What scrolls must be reachable by keyboard, also where nothing can be typed.
      tabindex: "0",
      ...more,
    });
  let problems: CodeProblem[] = [];

  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        nonce(),
        codeTheme,
        support,
        reading(),
        readOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : writing(),
        readOnly ? [] : checking((shown) => [...(syntax?.(shown) ?? []), ...placed(shown.state, problems)]),
        options.placeholder ? placeholderText(options.placeholder) : [],
        wrapping.of(wrap ? EditorView.lineWrapping : []),
        attributes.of(attributesOf(options.attributes)),
        EditorView.updateListener.of(({ docChanged, state }) => docChanged && onChange?.(state.doc.toString())),
        options.extensions ?? [],
      ],
    }),
  });

  return {
    view,
    setText: (next) => {
      const now = view.state.doc;
      if (next !== now.toString()) view.dispatch({ changes: { from: 0, to: now.length, insert: next } });
    },
    setProblems: (next) => {
      problems = next;
      view.dispatch({ effects: lookAgain.of(null) });
    },
    setWrap: (next) => view.dispatch({ effects: wrapping.reconfigure(next ? EditorView.lineWrapping : []) }),
    setAttributes: (next) => view.dispatch({ effects: attributes.reconfigure(attributesOf(next)) }),
    openSearch: () => openSearchPanel(view),
    destroy: () => view.destroy(),
  };
}

function reading(): Extension {
  return [
    lineNumbers(),
    codeFolding(),
    foldGutter(),
    highlightSpecialChars(),
    drawSelection(),
    bracketMatching(),
    search({ top: true }),
    highlightSelectionMatches(),
    keymap.of([...searchKeymap, ...foldKeymap]),
  ];
}

function writing(): Extension {
  // A form is sent by it.
  const keys = defaultKeymap.filter(({ key }) => key !== "Mod-Enter");
  return [
    history(),
    indentOnInput(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    keymap.of([...keys, ...historyKeymap, ...lintKeymap]),
  ];
}

/** Tells the linter that the text is the same and what is known about it is not. */
const lookAgain = StateEffect.define<null>();

function checking(find: (view: EditorView) => Diagnostic[]): Extension {
  const needsRefresh = ({ transactions }: ViewUpdate) =>
    transactions.some(({ effects }) => effects.some((effect) => effect.is(lookAgain)));
  return [lintGutter(), linter(find, { delay: CHECK_AFTER_MS, needsRefresh })];
}

/** The styles that CodeMirror writes into the page carry the page's own permission. */
function nonce(): Extension {
  const script = document.querySelector<HTMLScriptElement>("script[nonce]");
  return script?.nonce ? EditorView.cspNonce.of(script.nonce) : [];
}

function placed({ doc }: EditorState, problems: CodeProblem[]): Diagnostic[] {
  return problems.map(({ line, column = 1, message }) => {
    const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const from = Math.min(at.from + column - 1, at.to);
    return { from, to: at.to, severity: "error", message };
  });
}
