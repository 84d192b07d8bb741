import { GROUPS, OPERATORS, operandProblem } from "./operators.ts";

/** Texts a filter may have, as it is stored. */
export const MAX_FILTER_LENGTH = 8_192;
/** Objects and lists inside each other. */
export const MAX_FILTER_DEPTH = 10;
/** Operators and values that are compared, all together. */
export const MAX_FILTER_WEIGHT = 200;
/** `$elemMatch` inside `$elemMatch`: each looks at every element for every element of the one around it. */
export const MAX_ELEM_MATCHES = 2;
const MAX_PATH_LENGTH = 256;

/** A reader of properties finds these on every object, whatever was sent; with the last, conditions look like a date. */
const MISLEADING = new Set(["__proto__", "constructor", "prototype", "toJSON"]);

type Walk = { problems: string[]; weight: number; elemMatches: number };
export type Checked = { problems: string[]; weight: number; elemMatches: number };

/** What is wrong with conditions, in sentences, and how much work they ask for. */
export function checkConditions(conditions: Record<string, unknown>): Checked {
  const walk: Walk = { problems: [], weight: 0, elemMatches: 0 };
  checkObject(conditions, { depth: 1, elemMatches: 0, at: "" }, walk);
  if (walk.weight > MAX_FILTER_WEIGHT) {
    walk.problems.push(`A filter has at most ${MAX_FILTER_WEIGHT} operators and values, this one has ${walk.weight}`);
  }
  return walk;
}

type Place = { depth: number; elemMatches: number; at: string };

/** An object of conditions: paths into the payload, and operators that join conditions. */
function checkObject(conditions: Record<string, unknown>, place: Place, walk: Walk): void {
  if (place.depth > MAX_FILTER_DEPTH) {
    tooDeep(walk);
    return;
  }
  if (Object.keys(conditions).length === 0) walk.problems.push(noConditions(place));
  for (const [key, value] of Object.entries(conditions)) {
    if (key.startsWith("$")) checkOperator(key, value, place, walk);
    else checkPath(key, value, place, walk);
  }
}

function noConditions({ depth, at }: Place): string {
  if (depth === 1) return "A filter without conditions: leave the field empty";
  return `${at || "A list of conditions"} has an empty object in it: write a condition there, or leave it out`;
}

function tooDeep({ problems }: Walk): void {
  const problem = `Objects and lists stand more than ${MAX_FILTER_DEPTH} deep in each other`;
  if (!problems.includes(problem)) problems.push(problem);
}

function checkPath(path: string, wanted: unknown, place: Place, walk: Walk): void {
  const at = place.at ? `${place.at}.${path}` : path;
  const problem = pathProblem(path);
  if (problem) walk.problems.push(`${at.slice(0, MAX_PATH_LENGTH)} ${problem}`);
  if (!isObject(wanted)) weigh(wanted, place.depth, walk);
  else if (isAllOperators(wanted)) checkObject(wanted, { ...place, at, depth: place.depth + 1 }, walk);
  else walk.problems.push(objectProblem(at, Object.keys(wanted)));
}

function isAllOperators(wanted: object): boolean {
  const keys = Object.keys(wanted);
  return keys.length > 0 && keys.every((key) => key.startsWith("$"));
}

/** MongoDB would take it for an object that is the same in all its members: hardly ever what is meant. */
function objectProblem(at: string, keys: string[]): string {
  return keys.some((key) => key.startsWith("$"))
    ? `${at} mixes operators and names: put the names into the path, as in "${at}.name"`
    : `${at} is given an object: write the path with dots, as in "${at}.${keys[0] ?? "name"}"`;
}

function pathProblem(path: string): string | null {
  if (path.length > MAX_PATH_LENGTH) return `is longer than the ${MAX_PATH_LENGTH} characters a path may have`;
  const names = path.split(".");
  if (names.some((name) => name === "")) return "is not a path: write names with single dots between them";
  return names.some((name) => MISLEADING.has(name)) ? "cannot be asked for" : null;
}

function checkOperator(operator: string, value: unknown, place: Place, walk: Walk): void {
  const at = place.at ? `${place.at}: ${operator}` : operator;
  walk.weight++;
  if (!OPERATORS.includes(operator)) {
    walk.problems.push(`${at} is not an operator here: use ${OPERATORS.join(", ")}`);
    return;
  }
  const problem = operandProblem(operator, value);
  if (problem) walk.problems.push(`${at} ${problem}`);
  else checkOperand(operator, value, place, walk);
}

function checkOperand(operator: string, value: unknown, place: Place, walk: Walk): void {
  const depth = place.depth + 1;
  if (isGroup(operator)) {
    for (const one of value as unknown[]) {
      if (isObject(one)) checkObject(one, { ...place, depth: depth + 1 }, walk);
      else walk.problems.push(`${operator} takes a list of conditions, such as [{"a": 1}, {"b": 2}]`);
    }
  } else if (operator === "$elemMatch" || operator === "$not") {
    const elemMatches = place.elemMatches + (operator === "$elemMatch" ? 1 : 0);
    walk.elemMatches = Math.max(walk.elemMatches, elemMatches);
    if (elemMatches > MAX_ELEM_MATCHES) {
      walk.problems.push(`$elemMatch stands at most ${MAX_ELEM_MATCHES} times inside itself`);
    }
    checkObject(value as Record<string, unknown>, { ...place, elemMatches, depth }, walk);
  } else {
    weigh(value, depth, walk);
  }
}

/** Counts the values that a payload is compared with. */
function weigh(value: unknown, depth: number, walk: Walk): void {
  if (typeof value !== "object" || value === null) {
    walk.weight++;
    return;
  }
  if (depth > MAX_FILTER_DEPTH) tooDeep(walk);
  else for (const inner of Object.values(value)) weigh(inner, depth + 1, walk);
}

function isGroup(operator: string): boolean {
  return GROUPS.some((group) => group === operator);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
