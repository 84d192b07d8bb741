import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { IconLink } from "@/components/ui/button";
import { formatNumber } from "@/components/ui/format";
import { ICON_16 } from "@/components/ui/icon-size";
import { formatId } from "@/lib/ids.ts";
import { countDeliveries } from "@/lib/reports/count-deliveries.ts";
import { findPlace } from "@/lib/reports/place.ts";
import { asFilter, deliverySearch } from "../filter";

/** The list a delivery is read in: its place there, and where the ones beside it are. */
export type Among = {
  words: string;
  listHref: string;
  newer: string | null;
  older: string | null;
};

type Asked = { workspaceId: string; slug: string; id: string; status: string };

/** `inList`: the list's address after the `?`. */
export async function findAmong(asked: Asked, inList: string | null, alike: boolean): Promise<Among | null> {
  if (inList === null) return null;
  const search = deliverySearch.parse(fieldsOf(inList));
  const { workspaceId, slug, id } = asked;
  const filter = asFilter(search, new Date());
  const [place, count] = await Promise.all([findPlace(workspaceId, filter, id), countDeliveries(workspaceId, filter)]);
  const total = `${formatNumber(count.count)}${count.atLeast ? "+" : ""}`;
  const [only, ...more] = search.status;
  const noun = alike ? " alike" : only && more.length === 0 ? ` ${only}` : "";
  const href = (other: string | null) =>
    other && `/w/${slug}/deliveries/${formatId("dlv", other)}?${new URLSearchParams({ in: inList })}`;
  return {
    words: `${place.number === null ? "" : `${formatNumber(place.number)} of `}${total}${noun}`,
    listHref: `/w/${slug}/deliveries?${inList}`,
    newer: href(place.newer),
    older: href(place.older),
  };
}

function fieldsOf(query: string): Record<string, string | string[]> {
  const fields = new URLSearchParams(query);
  return Object.fromEntries([...new Set(fields.keys())].map((name) => [name, manyOrOne(fields.getAll(name))]));
}

const manyOrOne = (values: string[]) => (values.length > 1 ? values : (values[0] ?? ""));

/** `3 of 41 failed ‹ ›` */
export function NeighbourLinks({ among }: { among: Among }) {
  return (
    <nav aria-label="Deliveries of this list" className="flex items-center gap-1 text-sm" data-print="hide">
      <Link href={among.listHref} className="mr-1 text-fg-3 tabular-nums hover:text-fg max-md:hidden">
        {among.words}
      </Link>
      <Step href={among.newer} label="Newer delivery" keys="[">
        <ChevronLeft {...ICON_16} />
      </Step>
      <Step href={among.older} label="Older delivery" keys="]">
        <ChevronRight {...ICON_16} />
      </Step>
    </nav>
  );
}

type StepProps = { href: string | null; label: string; keys: string; children: React.ReactNode };

function Step({ href, label, keys, children }: StepProps) {
  if (href) {
    return (
      <IconLink href={href} scroll={false} label={`${label} (${keys})`} aria-keyshortcuts={keys} size="md">
        {children}
      </IconLink>
    );
  }
  return (
    <span aria-hidden className="inline-flex size-8 items-center justify-center opacity-40 touch:size-11">
      {children}
    </span>
  );
}
