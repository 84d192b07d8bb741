import { Script } from "node:vm";

/** Characters a transformation may have. */
export const MAX_CODE_LENGTH = 32_768;
/** The name its lines are known by in messages. */
export const CODE_NAME = "transformation.js";

export const CODE_EXAMPLE = "function transform(event) {\n  return { data: event.data };\n}";

/** What is wrong with a transformation before it is ever run, in a sentence; null when nothing is. It is parsed, not run. */
export function codeProblem(code: string): string | null {
  if (code.length > MAX_CODE_LENGTH) return `A transformation has at most ${MAX_CODE_LENGTH} characters`;
  const syntax = syntaxProblem(code);
  if (syntax) return syntax;
  return /\btransform\b/.test(code) ? null : `Define a function named transform, such as ${CODE_EXAMPLE}`;
}

function syntaxProblem(code: string): string | null {
  try {
    new Script(code, { filename: CODE_NAME });
    return null;
  } catch (error) {
    const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
    const line = new RegExp(`^${CODE_NAME}:(\\d+)`).exec(stack)?.[1];
    return `This is not JavaScript: ${message}${line ? ` (line ${line})` : ""}`;
  }
}
