"use client";

import { clsx } from "clsx";
import { Pause, RefreshCw } from "lucide-react";
import { useEffect, useState } from "react";
import { useKey } from "@/components/shell/keys";
import { buttonClass } from "@/components/ui/button";
import { ICON_14 } from "@/components/ui/icon-size";
import { type LiveState, pauseLive, useLiveState, useMissed } from "./live-store";
import { useLiveStream } from "./live-stream";
import { onSaid, sayLive } from "./say";

const WORDS: Record<LiveState, string> = {
  connecting: "Live",
  live: "Live",
  reconnecting: "Reconnecting",
  paused: "Paused",
};

const TITLES: Record<LiveState, string> = {
  connecting: "Connecting",
  live: "Pages change as things happen. Press to pause",
  reconnecting: "The stream is away: pages ask every few seconds. Press to pause",
  paused: "Nothing changes by itself. Press to go on",
};

/** Keeps the tab's stream, shows whether it is there, and pauses what changes by itself. */
export function LiveChip({ slug, mark }: { slug: string; mark: string }) {
  useLiveStream(slug, mark);
  const state = useLiveState();
  const missed = useMissed();
  const toggle = () => pauseLive(state !== "paused");
  useKey("l", toggle, { label: state === "paused" ? "Resume live updates" : "Pause live updates", group: "General" });
  const words = state === "paused" && missed ? "Paused, news" : WORDS[state ?? "connecting"];

  return (
    <>
      <button
        type="button"
        onClick={toggle}
        aria-pressed={state !== "paused"}
        aria-label={state === "reconnecting" ? "Live updates, reconnecting" : `Live updates${missed ? ", news" : ""}`}
        aria-keyshortcuts="l"
        title={state ? `${TITLES[state]} (l)` : undefined}
        className={clsx(
          buttonClass({ variant: "quiet", size: "sm" }),
          "[&]:px-2 max-lg:w-8 max-lg:[&]:px-0 touch:w-11",
          state === null && "invisible",
        )}
      >
        <Sign state={state ?? "connecting"} />
        <span className={clsx("max-lg:hidden", state === "reconnecting" && "text-warn")}>{words}</span>
      </button>
      <Said />
    </>
  );
}

/** Grey as long as all is well; shape and word say the rest. */
function Sign({ state }: { state: LiveState }) {
  if (state === "paused") return <Pause {...ICON_14} />;
  if (state === "reconnecting") return <RefreshCw {...ICON_14} className="text-warn!" />;
  return (
    <span
      aria-hidden
      className={clsx("size-2 rounded-full border-2 border-fg-2", state === "live" && "bg-fg-2 ring-2 ring-hover")}
    />
  );
}

/** Where what changed is said. */
function Said() {
  const [text, setText] = useState("");
  useEffect(() => onSaid(setText), []);
  const state = useLiveState();
  useEffect(() => {
    if (state === "reconnecting") sayLive("Live updates are interrupted");
  }, [state]);
  return (
    <span role="status" className="sr-only">
      {text}
    </span>
  );
}
