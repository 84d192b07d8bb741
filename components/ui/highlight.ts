import { createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";

export const LANGUAGES = ["json", "bash", "javascript", "typescript", "python", "go", "php", "ruby"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Above this the text stays plain: coloured HTML is many times the size of its text. */
export const MAX_HIGHLIGHTED_BYTES = 8 * 1024;

// Shiki wants hex colours. These never reach the page: each stands for a class, and the class for a token.
const CLASSES: Record<string, string> = {
  "#000001": "text-code-key",
  "#000002": "text-code-string",
  "#000003": "text-code-number",
  "#000004": "text-code-bool",
  "#000005": "text-code-null",
  "#000006": "text-code-punct",
};

const rule = (scope: string[], foreground: string) => ({ scope, settings: { foreground } });

const THEME = {
  name: "posthorn",
  type: "light" as const,
  colors: { "editor.foreground": "#000000", "editor.background": "#ffffff" },
  tokenColors: [
    rule(["punctuation", "keyword.operator"], "#000006"),
    rule(["comment", "punctuation.definition.comment"], "#000005"),
    rule(["string", "punctuation.definition.string"], "#000002"),
    rule(["constant.numeric"], "#000003"),
    rule(["constant.language", "storage", "keyword.control", "keyword.other"], "#000004"),
    rule(["support.type.property-name", "entity.name.function", "entity.name.tag", "support.function"], "#000001"),
    rule(["punctuation.support.type.property-name"], "#000001"),
  ],
};

let highlighter: Promise<HighlighterCore> | undefined;

function start(): Promise<HighlighterCore> {
  highlighter ??= createHighlighterCore({
    themes: [THEME],
    langs: [
      import("shiki/langs/json.mjs"),
      import("shiki/langs/shellscript.mjs"),
      import("shiki/langs/javascript.mjs"),
      import("shiki/langs/typescript.mjs"),
      import("shiki/langs/python.mjs"),
      import("shiki/langs/go.mjs"),
      import("shiki/langs/php.mjs"),
      import("shiki/langs/ruby.mjs"),
    ],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  return highlighter;
}

export type CodeToken = { text: string; className?: string };

/** Lines of coloured pieces, or null when the text is too long to colour or its language unknown. */
export async function highlight(code: string, language: Language): Promise<CodeToken[][] | null> {
  if (Buffer.byteLength(code) > MAX_HIGHLIGHTED_BYTES) return null;
  const shiki = await start();
  const { tokens } = shiki.codeToTokens(code, { lang: language, theme: "posthorn", tokenizeTimeLimit: 100 });
  return tokens.map((line) =>
    line.map(({ content, color }) => ({ text: content, className: classOf(content, color) })),
  );
}

/** The grammar has one scope for true, false and null. */
function classOf(text: string, color: string | undefined): string | undefined {
  return text === "null" ? CLASSES["#000005"] : CLASSES[color?.toLowerCase() ?? ""];
}
