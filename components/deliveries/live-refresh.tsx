"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef } from "react";
import { toast } from "@/components/ui/toast";
import type { Refreshed } from "./live-rows";
import type { DeliveryRowView } from "./row-view";
import { BUSY_MS, useRefresh } from "./use-refresh";

type LiveRefreshProps = {
  slug: string;
  /** The deliveries this page shows, as they were when it was rendered. */
  deliveries: { id: string; mark: string; unfinished: boolean }[];
  /** The one delivery the page is about: how an attempt of it ends is told, as somebody waits for it. */
  told?: Told;
};

type Told = Pick<DeliveryRowView, "mark" | "unfinished" | "status" | "answer" | "took">;

/** Renders the page anew when one of its deliveries has changed: asks every 3 s while one is unfinished. */
export function LiveRefresh({ slug, deliveries, told }: LiveRefreshProps) {
  const router = useRouter();
  const tellOnce = useTelling(told);
  const marks = new Map(deliveries.map(({ id, mark }) => [id, mark]));
  const href = marks.size > 0 ? `/w/${slug}/deliveries/refresh?ids=${[...marks.keys()].join(",")}` : null;
  const busy = deliveries.some(({ unfinished }) => unfinished);
  useRefresh<Refreshed>(href, busy ? BUSY_MS : null, ({ rows }) => {
    const changed = rows.filter(({ id, mark }) => marks.get(id) !== mark);
    if (changed.length === 0) return;
    router.refresh();
    if (told) for (const row of changed) tellOnce(row);
  });
  return null;
}

/** Tells each state once, whoever brings it: the look at the server, or the page itself, which an action renders anew. */
function useTelling(shown: Told | undefined): (row: Told) => void {
  const last = useRef(shown?.mark);
  const tellOnce = (row: Told) => {
    if (last.current === row.mark) return;
    last.current = row.mark;
    tell(row);
  };
  const onShown = useEffectEvent(() => shown && tellOnce(shown));
  useEffect(() => {
    if (shown?.mark) onShown();
  }, [shown?.mark]);
  return tellOnce;
}

/** A retry's own toast only says that it is queued. */
function tell({ unfinished, status, answer, took }: Told) {
  if (unfinished || answer === null) return;
  const result = [answer, took].filter(Boolean).join(", ");
  if (status === "delivered") toast.success(`Delivered: ${result}`);
  else if (status === "failed") toast.error(`It failed again: ${result}`);
}
