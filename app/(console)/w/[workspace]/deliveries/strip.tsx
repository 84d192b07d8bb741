import { HistogramStrip } from "@/components/deliveries/histogram-strip";
import type { Histogram } from "@/lib/reports/delivery-histogram.ts";

type StripProps = {
  /** Null when it could not be drawn in time. */
  histogram: Histogram | null;
  zone: string;
  href: string;
  /** The list's filters without its times. */
  query: string;
};

export function Strip({ histogram, zone, href, query }: StripProps) {
  if (histogram) return <HistogramStrip {...histogram} zone={zone} base={`${href}${query && `${query}&`}`} />;
  return <p className="page-x h-12 text-fg-3 text-xs">There are too many to draw how they lie over this time.</p>;
}
