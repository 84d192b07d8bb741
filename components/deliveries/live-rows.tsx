"use client";

import { ArrowUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, use, useMemo, useState } from "react";
import { sayLive } from "@/components/live/say";
import { Button } from "@/components/ui/button";
import { ICON_14 } from "@/components/ui/icon-size";
import type { DeliveryRowView } from "./row-view";
import { BUSY_MS, IDLE_MS, useRefresh } from "./use-refresh";

/** What the refresh route answers. */
export type Refreshed = { rows: DeliveryRowView[]; newer: number };

type Live = { rows: DeliveryRowView[]; newer: number };
const Context = createContext<Live>({ rows: [], newer: 0 });

/** The rows as they are now, for tables of another shape. */
export function useLiveRows(): DeliveryRowView[] {
  return use(Context).rows;
}

type LiveRowsProps = {
  rows: DeliveryRowView[];
  slug: string;
  /** The list's filters as a query; null where new rows do not belong, as on older pages. */
  newerThan: string | null;
  children: ReactNode;
};

/** Rows change where they stand; new ones only count, so that nothing moves under the pointer. */
export function LiveRows({ rows: rendered, slug, newerThan, children }: LiveRowsProps) {
  const [state, setState] = useState<{ rendered: DeliveryRowView[] } & Live>({ rendered, rows: rendered, newer: 0 });
  if (state.rendered !== rendered) setState({ rendered, rows: rendered, newer: 0 });

  const unfinished = state.rows.filter((row) => row.unfinished);
  const query = new URLSearchParams(newerThan ?? "");
  // A row that may be retried can become unfinished by its own button.
  const asked = state.rows.filter((row) => row.unfinished || row.retryable);
  if (asked.length > 0) query.set("ids", asked.map((row) => row.id).join(","));
  const seen = newerThan === null ? "" : newestOf(rendered).join(",");
  if (seen) query.set("seen", seen);
  const href = query.has("ids") || seen ? `/w/${slug}/deliveries/refresh?${query}` : null;

  useRefresh<Refreshed>(href, unfinished.length > 0 ? BUSY_MS : IDLE_MS, (answer) => {
    const changed = new Map(answer.rows.map((row) => [row.id, row]));
    if (answer.newer > state.newer) sayLive(newWords(answer.newer));
    setState((now) => ({
      rendered: now.rendered,
      rows: now.rows.map((row) => changed.get(row.id) ?? row),
      newer: answer.newer,
    }));
  });
  const live = useMemo(() => ({ rows: state.rows, newer: state.newer }), [state.rows, state.newer]);
  return <Context value={live}>{children}</Context>;
}

/** What commits late may have an id before those that are shown: the server looks back so far. */
const LOOK_BACK_MS = 5_000;

/** The rows of the last moments on the page, and the first that is older. */
function newestOf(rows: DeliveryRowView[]): string[] {
  const from = Date.parse(rows[0]?.created.iso ?? "") - LOOK_BACK_MS;
  const older = rows.findIndex(({ created }) => Date.parse(created.iso) < from);
  return rows.slice(0, older < 0 ? rows.length : older + 1).map(({ id }) => id);
}

const newWords = (newer: number) => (newer > 99 ? "99+ new" : `${newer} new`);

/** `3 new`: shows them on top. */
export function NewerRows() {
  const { newer } = use(Context);
  const router = useRouter();
  const words = newWords(newer);
  return (
    // It has its room before it is there, so that nothing moves when it comes.
    <span className="flex justify-end max-md:absolute max-md:-top-12 max-md:right-0 md:min-w-23">
      {newer > 0 && (
        <Button size="sm" variant="accent" title="Show them on top" onClick={() => showNewest(router.refresh)}>
          <ArrowUp {...ICON_14} />
          {words}
          <span className="sr-only">, show</span>
        </Button>
      )}
    </span>
  );
}

function showNewest(refresh: () => void) {
  document.querySelector("[data-list-scroll]")?.scrollTo({ top: 0 });
  refresh();
}
