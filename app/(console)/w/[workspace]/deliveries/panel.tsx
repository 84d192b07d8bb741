import { InspectorPanel, type PanelStep } from "@/components/deliveries/inspector-panel";
import { formatNumber } from "@/components/ui/format";
import { DELIVERY_LOOKS } from "@/components/ui/status-badge";
import { formatId } from "@/lib/ids.ts";
import type { DeliveryFilter } from "@/lib/reports/delivery-filter.ts";
import { findPlace } from "@/lib/reports/place.ts";
import { DeliveryInspector } from "./[delivery]/inspector";
import { formatTotal } from "./list-foot";
import { idOf, type ListView } from "./list-view";
import { keepWidthAction } from "./view-actions";

type PanelProps = {
  workspaceId: string;
  slug: string;
  /** The delivery that is open, by its outside id. */
  sel: string;
  view: ListView;
  filter: DeliveryFilter;
  total: { count: number; atLeast: boolean };
  width: number;
  /** The rows of this page, by their database ids. */
  rows: { id: string }[];
  /** The list's address with this in the panel, on this page of it or on the one that begins beside a row. */
  hrefOf: (panel: Record<string, string | undefined>, cursor?: { before?: string; after?: string }) => string;
};

/** One delivery beside the list: its frame knows the list, its content only the delivery. */
export async function Panel({ workspaceId, slug, sel, view, filter, total, width, rows, hrefOf }: PanelProps) {
  const id = idOf(sel);
  const place = await findPlace(workspaceId, filter, id);
  const step = (to: string | null, beyond: { before?: string; after?: string }): PanelStep | null => {
    if (!to) return null;
    const outside = formatId("dlv", to);
    const onThisPage = rows.some((row) => row.id === to) || !rows.some((row) => row.id === id);
    return { id: outside, href: onThisPage ? hrefOf({ sel: outside }) : hrefOf({ sel: outside }, beyond) };
  };
  return (
    <InspectorPanel
      id={sel}
      width={width}
      keepWidth={keepWidthAction}
      place={place.number === null ? null : `${formatNumber(place.number)} of ${formatTotal(total)}${wordFor(filter)}`}
      newer={step(place.newer, { after: sel })}
      older={step(place.older, { before: sel })}
      pageHref={`/w/${slug}/deliveries/${sel}?${new URLSearchParams({ in: hrefOf({}).split("?")[1] ?? "" })}`}
      closeHref={hrefOf({})}
    >
      <DeliveryInspector
        slug={slug}
        deliveryId={id}
        att={view.att}
        tab={view.tab}
        raw={view.raw}
        hrefOf={({ att, tab, raw }) => hrefOf({ sel, att: att === undefined ? undefined : String(att), tab, raw })}
      />
    </InspectorPanel>
  );
}

/** ` failed`, when that is all the list has. */
function wordFor({ status }: DeliveryFilter): string {
  const [only, ...others] = status ?? [];
  return only && others.length === 0 ? ` ${DELIVERY_LOOKS[only].word.toLowerCase()}` : "";
}
