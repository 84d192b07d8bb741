import fs from "node:fs";
import { commandOf, isAlive, parentOf } from "../../lib/run/processes.mjs";

/** Every process below this one, whatever group it put itself in. Needs /proc. */
export function descendantsOf(pid: number): number[] {
  const all = fs.readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  const childrenOf = (parent: number): number[] =>
    all.filter((one) => parentOf(one) === parent).flatMap((child) => [child, ...childrenOf(child)]);
  return childrenOf(pid);
}

/** The process below this one whose command line holds a text. */
export function descendantRunning(pid: number, text: string): number | undefined {
  return descendantsOf(pid).find((one) => commandOf(one).includes(text));
}

/** Those below this one whose command lines hold one of the texts. */
export function commandsBelow(pid: number, texts: string[]): number[] {
  return descendantsOf(pid).filter((one) => texts.some((text) => commandOf(one).includes(text)));
}

export function aliveOf(pids: number[]): number[] {
  return pids.filter(isAlive);
}
