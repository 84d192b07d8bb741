import { CODE_NAME } from "./code.ts";

/**
 * What stands around a transformation inside the sandbox: it parses the event, calls the code, and turns whatever comes
 * back into texts. It is evaluated before the code and keeps the functions it needs, so that the code can replace what it
 * likes and harms nobody but itself. Chance is drawn from the event, so that every attempt makes the same body.
 */
export const HARNESS = `(() => {
  "use strict";
  const { parse, stringify } = JSON;
  const text = String;
  const { create, assign } = Object;
  const slice = Function.prototype.call.bind(String.prototype.slice);
  const exec = Function.prototype.call.bind(RegExp.prototype.exec);
  const answer = (fields) => assign(create(null), fields);
  // Texts leave as JSON: the engine hands texts out only up to their first NUL.
  const failed = (problem) => answer({ kind: "failed", problem: stringify(problem) });
  const imul = Math.imul;

  const drawFrom = (seed) => {
    let state = seed | 0;
    Math.random = () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  };

  const lineOf = (error) => {
    const found = exec(/${CODE_NAME.replace(".", "\\.")}:(\\d+)/, text(error.stack));
    return found ? " (line " + found[1] + ")" : "";
  };
  const wordsOf = (error) => {
    try {
      // What the engine throws when there is not even room for an error.
      if (error === null) return "It used up its memory, or threw null";
      if (typeof error !== "object") return "It threw " + slice(text(error), 0, 300);
      const name = slice(text(error.name), 0, 60);
      return name + ": " + slice(text(error.message), 0, 300) + lineOf(error);
    } catch {
      return "It threw something that cannot be read";
    }
  };

  const read = (result) => {
    if (result === null) return answer({ kind: "dropped" });
    if (typeof result !== "object") {
      const returned = result === undefined ? "nothing" : "a " + typeof result;
      return failed("It returned " + returned + ": return { data }, or null to drop the event");
    }
    const { data, type } = result;
    const json = stringify(data);
    if (typeof json !== "string") {
      return failed("It returned an object without data: return { data: ... }");
    }
    if (type !== undefined && typeof type !== "string") {
      return failed("It returned a type that is not a text");
    }
    return answer({ kind: "returned", data: json, type: stringify(type) });
  };

  return async (transform, event, seed) => {
    try {
      drawFrom(seed);
      if (typeof transform !== "function") {
        return failed("There is no function named transform");
      }
      return read(await transform(parse(event)));
    } catch (error) {
      return failed(wordsOf(error));
    }
  };
})()`;
