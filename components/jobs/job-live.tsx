"use client";

import { useRouter } from "next/navigation";
import { useRefresh } from "@/components/deliveries/use-refresh";
import type { LiveTopic } from "@/lib/live/channel.ts";

/** How often a job that is under way is looked at. */
const EVERY_MS = 2_000;
/** Somebody else may start or continue one. */
const IDLE_MS = 15_000;
const TOPICS: readonly LiveTopic[] = ["jobs"];

type JobLiveProps = {
  /** Where the present marks of jobs are told. */
  href: string;
  /** The marks this page was rendered with. */
  mark: string;
  underWay: boolean;
};

/** Renders the page anew when a job on it has moved. */
export function JobLive({ href, mark, underWay }: JobLiveProps) {
  const router = useRouter();
  const take = (now: { mark: string }) => {
    if (now.mark !== mark) router.refresh();
  };
  useRefresh(href, underWay ? EVERY_MS : IDLE_MS, take, TOPICS);
  return null;
}
