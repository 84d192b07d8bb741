"use client";

import { useRouter } from "next/navigation";
import type { Refreshed } from "./live-rows";
import { BUSY_MS, useRefresh } from "./use-refresh";

type LiveRefreshProps = {
  slug: string;
  /** The deliveries this page shows, as they were when it was rendered. */
  deliveries: { id: string; mark: string; unfinished: boolean }[];
};

/** Renders the page anew when one of its deliveries has changed: asks every 3 s while one is unfinished. */
export function LiveRefresh({ slug, deliveries }: LiveRefreshProps) {
  const router = useRouter();
  const marks = new Map(deliveries.map(({ id, mark }) => [id, mark]));
  const href = marks.size > 0 ? `/w/${slug}/deliveries/refresh?ids=${[...marks.keys()].join(",")}` : null;
  const busy = deliveries.some(({ unfinished }) => unfinished);
  useRefresh<Refreshed>(href, busy ? BUSY_MS : null, ({ rows }) => {
    if (rows.some(({ id, mark }) => marks.get(id) !== mark)) router.refresh();
  });
  return null;
}
