"use client";

import { useSyncExternalStore } from "react";
import type { LiveTopic } from "@/lib/live/channel.ts";

/** `connecting` is the first moment; `reconnecting` that pages have to ask by themselves for now. */
export type LiveState = "connecting" | "live" | "reconnecting" | "paused";

type Listener = (topics: readonly LiveTopic[]) => void;

/** What this tab knows of its stream: one for all parts of a page. */
const listeners = new Set<Listener>();
const watchers = new Set<() => void>();
let stream: "connecting" | "live" | "reconnecting" = "connecting";
let paused = false;
/** What changed while paused. */
const missed = new Set<LiveTopic>();

export function setStream(now: typeof stream): void {
  if (stream === now) return;
  stream = now;
  tellWatchers();
}

/** Something of these topics has changed. */
export function tellChange(topics: readonly LiveTopic[]): void {
  if (!paused) {
    for (const listener of listeners) listener(topics);
    return;
  }
  for (const topic of topics) missed.add(topic);
  tellWatchers();
}

export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Nothing on the page changes by itself any more; or it goes on, beginning with what was missed. */
export function pauseLive(now: boolean): void {
  if (paused === now) return;
  paused = now;
  const topics = [...missed];
  missed.clear();
  tellWatchers();
  if (!now && topics.length > 0) tellChange(topics);
}

export function isPaused(): boolean {
  return paused;
}

/** Whether changes are told; otherwise one has to ask. */
export function isTold(): boolean {
  return stream === "live";
}

/** The state of live updates; null on the server and without JavaScript, where there are none. */
export function useLiveState(): LiveState | null {
  return useSyncExternalStore<LiveState | null>(
    watch,
    () => (paused ? "paused" : stream),
    () => null,
  );
}

/** Whether something has changed since live updates were paused. */
export function useMissed(): boolean {
  return useSyncExternalStore(
    watch,
    () => missed.size > 0,
    () => false,
  );
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function tellWatchers(): void {
  for (const watcher of watchers) watcher();
}
