import { Table2 } from "lucide-react";
import type { ReactNode } from "react";
import { formatNumber } from "../ui/format";
import { ICON_16 } from "../ui/icon-size";
import type { TimeTick } from "./time-axis";
import type { ValueAxis } from "./value-axis";

export const CHART_HEIGHT = 180;

/** Rows of a chart's data are many and short. */
export const DATA_TABLE = "[&_td]:h-7";

type ChartFrameProps = {
  /** Says what is counted, and its unit. */
  title: string;
  id: string;
  legend: ReactNode;
  axis: ValueAxis;
  ticks: TimeTick[];
  /** The plot itself, `CHART_HEIGHT` high. */
  children: ReactNode;
  /** The same data in rows; hidden from sight until asked for. */
  table: ReactNode;
};

/** Title, legend, axes and gridlines around a plot, and the switch to the same data as a table. */
export function ChartFrame({ title, id, legend, axis, ticks, children, table }: ChartFrameProps) {
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="group/chart relative">
        <div className="mb-2 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1 pr-9">
          <h2 id={id} className="font-semibold text-base">
            {title}
          </h2>
          <div className="ml-auto flex flex-wrap items-center gap-x-3 text-fg-2 text-xs max-sm:ml-0">{legend}</div>
        </div>
        <label
          title="View as table"
          className="absolute top-0 right-0 grid size-7 cursor-pointer place-items-center rounded-control text-fg-2 hover:bg-hover has-checked:bg-muted has-focus-visible:outline-2 has-focus-visible:outline-ring"
        >
          <input type="checkbox" className="sr-only" aria-label={`View ${title.toLowerCase()} as table`} />
          <Table2 {...ICON_16} />
        </label>
        <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 pt-2 group-has-checked/chart:hidden">
          <ValueLabels axis={axis} />
          <div className="relative" style={{ height: CHART_HEIGHT }}>
            {children}
          </div>
          <TimeLabels ticks={ticks} />
        </div>
        <div className="sr-only group-has-checked/chart:not-sr-only">{table}</div>
      </div>
    </section>
  );
}

function ValueLabels({ axis }: { axis: ValueAxis }) {
  const widest = formatNumber(axis.ticks.at(-1) ?? 0);
  return (
    <div aria-hidden="true" className="relative text-right text-fg-3 text-xs tabular-nums">
      <span className="invisible block h-0">{widest}</span>
      {axis.ticks.map((tick) => (
        <span key={tick} className="absolute right-0 -translate-y-1/2" style={{ top: axis.y(tick) }}>
          {formatNumber(tick)}
        </span>
      ))}
    </div>
  );
}

function TimeLabels({ ticks }: { ticks: TimeTick[] }) {
  return (
    <div aria-hidden="true" className="relative col-start-2 h-5 text-fg-3 text-xs tabular-nums">
      {ticks.map(({ at, position, label }) => (
        <span
          key={at.getTime()}
          className={`absolute top-1 whitespace-nowrap ${position === 0 ? "" : position === 1 ? "-translate-x-full" : "-translate-x-1/2 max-sm:hidden"}`}
          style={{ left: `${position * 100}%` }}
        >
          {label}
        </span>
      ))}
    </div>
  );
}

/** Hairlines at the ticks and a stronger one at zero. Draw it inside the plot's SVG. */
export function Gridlines({ axis }: { axis: ValueAxis }) {
  return axis.ticks.map((tick) => (
    <line
      key={tick}
      x1="0"
      x2="100%"
      y1={tick === 0 ? CHART_HEIGHT - 0.5 : axis.y(tick)}
      y2={tick === 0 ? CHART_HEIGHT - 0.5 : axis.y(tick)}
      shapeRendering="crispEdges"
      className={tick === 0 ? "stroke-control" : "stroke-border"}
    />
  ));
}
