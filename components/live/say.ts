"use client";

/** A screen reader is told what changed in one sentence, and no more often. */
const SAY_EVERY_MS = 10_000;

let saidAt = Number.NEGATIVE_INFINITY;
let planned = false;
let latest = "";
const listeners = new Set<(text: string) => void>();

/** What changed on this page, for those who cannot see it: of several within ten seconds the last is said. */
export function sayLive(text: string): void {
  latest = text;
  if (planned) return;
  planned = true;
  setTimeout(say, Math.max(0, saidAt + SAY_EVERY_MS - performance.now()));
}

export function onSaid(listener: (text: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function say(): void {
  planned = false;
  saidAt = performance.now();
  for (const listener of listeners) listener(latest);
}
