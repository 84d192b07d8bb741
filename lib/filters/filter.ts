import { parseJson } from "../event-types/json-text.ts";
import { BudgetError } from "../event-types/linear-pattern.ts";
import { checkConditions, isObject, MAX_FILTER_DEPTH, MAX_FILTER_LENGTH } from "./check.ts";
import { lookedAt } from "./effort.ts";
import { operatorsWithin } from "./operators.ts";
import { sift } from "./sift.ts";

/** Instructions that all patterns of one filter may have together: compiling them takes a few milliseconds. */
const PATTERN_SIZE = 5_000;
/** Characters times instructions that its patterns may take on one event; a twentieth of a second at worst. */
const PATTERN_STEPS = 1_000_000;
/** Elements of lists, as often as a filter may look at them; a tenth of a second at worst. */
const MOST_LOOKS = 1_000_000;
/** In a reason, so much of a condition. */
const SHOWN_LENGTH = 200;

export type Verdict =
  | { wanted: true }
  | { wanted: false; reason: string /** It could not be told. */; unclear: boolean };

/** Conditions on a payload, ready to be asked. */
export type Filter = { judge: (payload: unknown, bytes: number) => Verdict };
export type ParsedFilter = { ok: true; filter: Filter } | { ok: false; problems: string[] };

export const FILTERED_OUT = "Filtered out";
const WANTED: Verdict = { wanted: true };

/** Reads a filter: an object of conditions in MongoDB's manner, as JSON. The problems say what to do. */
export function parseFilter(text: string): ParsedFilter {
  if (text.length > MAX_FILTER_LENGTH) return bad(`A filter has at most ${MAX_FILTER_LENGTH} characters`);
  const parsed = parseJson(text, MAX_FILTER_DEPTH * 2);
  if (!parsed.ok) return bad(`${parsed.problem}. Write conditions such as {"amount": {"$gte": 100}}`);
  if (!isObject(parsed.value)) return bad('Write an object of conditions, such as {"amount": {"$gte": 100}}');
  const checked = checkConditions(parsed.value);
  if (checked.problems.length > 0) return { ok: false, problems: checked.problems };
  return compile(parsed.value, checked);
}

function bad(problem: string): ParsedFilter {
  return { ok: false, problems: [problem] };
}

type Effort = { weight: number; elemMatches: number };

/** Each condition by itself, so that a reason can name the one that failed. */
function compile(conditions: Record<string, unknown>, effort: Effort): ParsedFilter {
  const budget = { left: 0, program: PATTERN_SIZE };
  const operations = operatorsWithin(budget);
  const clauses: { test: (payload: unknown) => boolean; words: string }[] = [];
  for (const [key, wanted] of Object.entries(conditions)) {
    try {
      clauses.push({ test: sift.createQueryTester({ [key]: wanted }, { operations }), words: wordsOf(key, wanted) });
    } catch (error) {
      // What the checks before do not know, such as the grammar of patterns, the library and the engine say.
      return bad(`${key}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const judge = (payload: unknown, bytes: number): Verdict => {
    if (lookedAt(payload, bytes, effort, MOST_LOOKS) > MOST_LOOKS) return unclear("the event has too many elements");
    budget.left = PATTERN_STEPS;
    try {
      const failed = clauses.find(({ test }) => !test(payload));
      return failed ? { wanted: false, reason: `${FILTERED_OUT}: ${failed.words}`, unclear: false } : WANTED;
    } catch (error) {
      if (error instanceof BudgetError) return unclear("a text of the event is too long for the filter's patterns");
      throw error;
    }
  };
  return { ok: true, filter: { judge } };
}

export function unclear(why: string): Verdict {
  return { wanted: false, reason: `The endpoint's filter could not be asked: ${why}`, unclear: true };
}

/** `amount does not match {"$gte":100}`. */
function wordsOf(key: string, wanted: unknown): string {
  const condition = JSON.stringify(wanted);
  const shown = condition.length > SHOWN_LENGTH ? `${condition.slice(0, SHOWN_LENGTH)}…` : condition;
  return (key.startsWith("$") ? `${key} ${shown} does not hold` : `${key} does not match ${shown}`)
    .toWellFormed()
    .replaceAll("\0", "\u2400");
}

/** The filter of an endpoint as it is stored, compiled when it is first asked. */
export function storedFilter(text: string): Filter {
  let compiled: Filter | undefined;
  return {
    judge: (payload, bytes) => {
      compiled ??= compiledOrUnclear(text);
      return compiled.judge(payload, bytes);
    },
  };
}

/** One that no longer compiles must not stop the workspace's events. */
function compiledOrUnclear(text: string): Filter {
  const parsed = parseFilter(text);
  return parsed.ok ? parsed.filter : { judge: () => unclear(parsed.problems.join("; ")) };
}
