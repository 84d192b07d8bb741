"use client";

import { useRouter } from "next/navigation";
import { toast } from "@/components/ui/toast";
import type { Refreshed } from "./live-rows";
import type { DeliveryRowView } from "./row-view";
import { BUSY_MS, useRefresh } from "./use-refresh";

type LiveRefreshProps = {
  slug: string;
  /** The deliveries this page shows, as they were when it was rendered. */
  deliveries: { id: string; mark: string; unfinished: boolean }[];
  /** Says how an attempt ended that somebody waits for. */
  tellsResult?: boolean;
};

/** Renders the page anew when one of its deliveries has changed: asks every 3 s while one is unfinished. */
export function LiveRefresh({ slug, deliveries, tellsResult = false }: LiveRefreshProps) {
  const router = useRouter();
  const marks = new Map(deliveries.map(({ id, mark }) => [id, mark]));
  const href = marks.size > 0 ? `/w/${slug}/deliveries/refresh?ids=${[...marks.keys()].join(",")}` : null;
  const busy = deliveries.some(({ unfinished }) => unfinished);
  useRefresh<Refreshed>(href, busy ? BUSY_MS : null, ({ rows }) => {
    const changed = rows.filter(({ id, mark }) => marks.get(id) !== mark);
    if (changed.length === 0) return;
    router.refresh();
    if (tellsResult) for (const row of changed) tell(row);
  });
  return null;
}

/** A retry's own toast only says that it is queued. */
function tell({ unfinished, status, answer, took }: DeliveryRowView) {
  if (unfinished || answer === null) return;
  const result = [answer, took].filter(Boolean).join(", ");
  if (status === "delivered") toast.success(`Delivered: ${result}`);
  else if (status === "failed") toast.error(`It failed again: ${result}`);
}
