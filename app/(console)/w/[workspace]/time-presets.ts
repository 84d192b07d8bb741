import { zoneName } from "@/components/ui/format-time";
import { dateField, RANGE_NAMES, RANGES, type Range } from "./list-address";

type Times = { range: Range | null; from?: string; to?: string };

export const ANY_TIME = { range: "all", from: undefined, to: undefined } as const;

/** What the panel of times offers for a list whose other filters stay. */
export function timePanelOf(
  { range, from, to }: Times,
  zone: string,
  hrefOf: (change: { range: Range; from: undefined; to: undefined }) => string,
) {
  return {
    presets: RANGE_NAMES.map((name) => ({
      name,
      label: RANGES[name].label,
      href: hrefOf({ ...ANY_TIME, range: name }),
      current: name === range,
    })),
    from: dateField(from, zone),
    to: dateField(to, zone),
    zone: zoneName(zone),
  };
}
