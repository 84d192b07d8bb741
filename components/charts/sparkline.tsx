import { cn } from "../ui/cn";
import { formatPercent } from "../ui/format";
import { None } from "../ui/table";
import { linePath } from "./latency-chart";

const WIDTH = 100;
const HEIGHT = 20;

type SparklineProps = {
  /** Success rates, 0 to 1, oldest first; null where nothing finished. */
  rates: (number | null)[];
  /** Over which time: "24 h". */
  span?: string;
  bad?: boolean;
};

/** Success rate on a fixed 0–100 % scale, so that a small dip looks small. */
export function Sparkline({ rates, span = "24 h", bad }: SparklineProps) {
  const latest = rates.findLast((rate) => rate !== null);
  if (latest === undefined || latest === null) return <None />;
  const path = linePath(rates, (rate) => (1 - rate) * HEIGHT, WIDTH);
  return (
    <svg
      role="img"
      aria-label={`Success rate over ${span}, now ${formatPercent(latest)}`}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`}
      className="inline-block align-middle"
    >
      <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} shapeRendering="crispEdges" className="stroke-border" />
      <path
        d={path}
        className={cn("fill-none [stroke-linecap:round] [stroke-width:1.5]", bad ? "stroke-chart-failed" : "stroke-fg")}
      />
    </svg>
  );
}
