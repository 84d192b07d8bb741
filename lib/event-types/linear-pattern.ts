import { RE2JS } from "re2js";

/** Characters times instructions that all patterns of one check may take together; a quarter of a second at worst. */
export const STEP_BUDGET = 50_000_000;

/** The value is too long for the patterns it is checked against. */
export class BudgetError extends Error {
  override name = "BudgetError";
}

/** Instructions all patterns of one schema may have together, so that compiling them takes well under a second. */
export const PROGRAM_BUDGET = 50_000;

export type Budget = { left: number; program: number };

/**
 * Compiles a regular expression to a search that takes time in proportion to the text. V8's own engine took 8.6 s for
 * `^(a+)+$` on 28 letters. Look-around and back-references do not work that way: the compiler refuses them.
 */
export function compilePattern(pattern: string, budget: Budget): (text: string) => boolean {
  const compiled = compile(pattern);
  budget.program -= compiled.programSize();
  if (budget.program < 0) throw new BudgetError("its patterns are too large");
  return (text) => {
    budget.left -= text.length * compiled.programSize();
    if (budget.left < 0) throw new BudgetError("the data is too long for the patterns of its schema");
    return compiled.test(text);
  };
}

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${reason} (look-around and back-references are not supported)`, { cause });
  }
}
