import { formatCount } from "../ui/format";
import { None } from "../ui/table";

const BAR = 3;
const GAP = 1;
const HEIGHT = 20;
/** One event is still seen beside thousands. */
const LEAST = 2;

type VolumeBarsProps = { /** The oldest first; null where it is not known. */ hours: (number | null)[] };

/** How many came in each hour: a bar each, a tick on the baseline for none, a gap where it is not known. */
export function VolumeBars({ hours }: VolumeBarsProps) {
  const most = Math.max(...hours.map((count) => count ?? 0));
  if (most === 0) return <None />;
  const width = hours.length * (BAR + GAP) - GAP;
  return (
    <svg
      role="img"
      aria-label={`Events by the hour, at most ${formatCount(most, "event")} in one`}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      className="inline-block align-middle"
    >
      <path d={barsPath(hours, most)} shapeRendering="crispEdges" className="fill-chart-ok" />
    </svg>
  );
}

function barsPath(hours: (number | null)[], most: number): string {
  return hours
    .map((count, at) => {
      if (count === null) return "";
      const height = count === 0 ? 1 : Math.max(LEAST, Math.round((count / most) * HEIGHT));
      return `M${at * (BAR + GAP)} ${HEIGHT}v-${height}h${BAR}v${height}z`;
    })
    .join("");
}
