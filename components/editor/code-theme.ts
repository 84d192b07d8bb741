import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const color = (token: string) => `var(--color-${token})`;

/** The looks of every code box: the page's own colours, so both themes and every contrast follow by themselves. */
const looks = EditorView.theme({
  "&": { height: "100%", backgroundColor: "transparent", color: color("fg") },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--font-mono)",
    fontSize: "0.78125rem",
    lineHeight: "1.25rem",
    fontVariantLigatures: "none",
    overflow: "auto",
  },
  ".cm-content": { padding: "6px 0", caretColor: color("fg") },
  ".cm-line": { padding: "0 10px" },
  ".cm-placeholder": { color: color("fg-3") },
  ".cm-gutters": {
    backgroundColor: color("surface"),
    color: color("fg-3"),
    borderRight: `1px solid ${color("border")}`,
  },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 6px 0 8px", minWidth: "32px" },
  ".cm-foldGutter .cm-gutterElement": { padding: "0 4px", cursor: "pointer" },
  ".cm-gutter-lint": { width: "14px" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter": { backgroundColor: color("hover") },
  ".cm-cursor": { borderLeftColor: color("fg") },
  // Drawn behind the text, so a line's own background must let it through.
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: `color-mix(in srgb, ${color("ring")} 30%, transparent)`,
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "transparent",
    outline: `1px solid ${color("control")}`,
  },
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": {
    backgroundColor: "transparent",
    outline: `1px solid ${color("bad")}`,
  },
  ".cm-searchMatch": { backgroundColor: color("hit"), color: color("fg") },
  ".cm-searchMatch-selected": { outline: `2px solid ${color("ring")}` },
  ".cm-foldPlaceholder": {
    backgroundColor: color("muted"),
    border: `1px solid ${color("border")}`,
    color: color("fg-2"),
    padding: "0 4px",
  },
});

/** What floats over a code box or stands at its edge: search, messages. */
const panels = EditorView.theme({
  ".cm-panels": { backgroundColor: color("surface"), color: color("fg"), zIndex: "2" },
  ".cm-panels-top": { borderBottom: `1px solid ${color("border")}` },
  ".cm-panels-bottom": { borderTop: `1px solid ${color("border")}` },
  ".cm-search": { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "6px", padding: "6px 32px 6px 8px" },
  ".cm-panel.cm-search br": { display: "none" },
  ".cm-panel.cm-search label": { display: "inline-flex", alignItems: "center", gap: "4px", fontSize: "0.75rem" },
  ".cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label": { margin: "0" },
  ".cm-textfield": {
    height: "28px",
    fontSize: "0.8125rem",
    color: color("fg"),
    backgroundColor: color("bg"),
    border: `1px solid ${color("control")}`,
    borderRadius: "var(--radius-control)",
  },
  ".cm-button": {
    height: "28px",
    fontSize: "0.8125rem",
    color: color("fg"),
    backgroundImage: "none",
    backgroundColor: color("bg"),
    border: `1px solid ${color("border-strong")}`,
    borderRadius: "var(--radius-control)",
  },
  ".cm-panel.cm-search [name=close]": { width: "24px", height: "24px", top: "8px", right: "4px", color: color("fg-2") },
  ".cm-tooltip": {
    backgroundColor: color("bg"),
    color: color("fg"),
    border: "none",
    borderRadius: "var(--radius-control)",
    boxShadow: "var(--shadow-float)",
  },
  ".cm-diagnostic": { fontSize: "0.8125rem", padding: "6px 10px" },
  ".cm-diagnostic-error": { borderLeft: `3px solid ${color("bad")}` },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: `underline wavy ${color("bad")} 1px`,
    textUnderlineOffset: "3px",
  },
  ".cm-lint-marker": { width: "10px", height: "10px", marginTop: "5px" },
  ".cm-lint-marker-error": { content: "none", borderRadius: "50%", backgroundColor: color("bad") },
});

const colours = syntaxHighlighting(
  HighlightStyle.define([
    {
      tag: [tags.propertyName, tags.definition(tags.variableName), tags.function(tags.variableName)],
      color: color("code-key"),
    },
    { tag: [tags.string, tags.special(tags.string), tags.regexp], color: color("code-string") },
    { tag: tags.number, color: color("code-number") },
    { tag: [tags.bool, tags.keyword, tags.modifier, tags.operatorKeyword], color: color("code-bool") },
    { tag: [tags.null, tags.comment], color: color("code-null") },
    { tag: [tags.punctuation, tags.bracket, tags.separator, tags.operator], color: color("code-punct") },
  ]),
);

export const codeTheme = [looks, panels, colours];
