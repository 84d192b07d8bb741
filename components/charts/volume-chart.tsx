import { HistogramBrush } from "../deliveries/histogram-brush";
import { formatNumber, formatPercent } from "../ui/format";
import { None, RowLink, Table, Td, Th, Tr } from "../ui/table";
import { CHART_HEIGHT, ChartFrame, DATA_TABLE, Gridlines } from "./chart-frame";
import { LegendEntry } from "./legend";
import { timeTicks } from "./time-axis";
import { type ValueAxis, valueAxis } from "./value-axis";

export type VolumePoint = {
  at: Date;
  /** The step's span as people read it. */
  label: string;
  /** Where its bar leads. */
  href: string;
  delivered: number;
  retried: number;
  failed: number;
  successRate: number | null;
};

type VolumeChartProps = {
  title: string;
  points: VolumePoint[];
  to: Date;
  zone: string;
  stepMs: number;
  /** Where the time that is chosen is added. */
  base: string;
};

/** Stacked bars in a fixed order: delivered, retried, failed on top and hatched, so that print in grey still tells. */
export function VolumeChart({ title, points, to, zone, stepMs, base }: VolumeChartProps) {
  const axis = valueAxis(
    Math.max(0, ...points.map((point) => point.delivered + point.retried + point.failed)),
    CHART_HEIGHT,
  );
  const sum = (key: "delivered" | "retried" | "failed") => points.reduce((total, point) => total + point[key], 0);
  const from = points[0]?.at ?? to;
  return (
    <ChartFrame
      id="volume"
      title={title}
      axis={axis}
      ticks={timeTicks(from, to, zone)}
      legend={
        <>
          <LegendEntry swatch="delivered" name="Delivered" total={formatNumber(sum("delivered"))} />
          <LegendEntry swatch="retried" name="Retried" total={formatNumber(sum("retried"))} />
          <LegendEntry swatch="failed" name="Failed" total={formatNumber(sum("failed"))} />
        </>
      }
      table={<VolumeTable title={title} points={points} />}
    >
      <HistogramBrush
        className="h-full"
        from={from.getTime()}
        stepMs={stepMs}
        count={points.length}
        zone={zone}
        base={base}
        rest=""
        summary={`${title}, by time`}
      >
        <svg aria-hidden="true" className="block size-full overflow-visible">
          <Hatch />
          <Gridlines axis={axis} />
          {points.map((point, index) => (
            <Bar key={point.label} point={point} axis={axis} place={index / points.length} width={1 / points.length} />
          ))}
        </svg>
        <BarLinks points={points} />
      </HistogramBrush>
    </ChartFrame>
  );
}

function Hatch() {
  return (
    <defs>
      <pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse">
        <path d="M-1 5 5-1M-1 1 1-1M3 5 5 3" className="stroke-bg" />
      </pattern>
    </defs>
  );
}

type BarProps = { point: VolumePoint; axis: ValueAxis; place: number; width: number };

function Bar({ point, axis, place, width }: BarProps) {
  const box = { x: `${place * 100}%`, style: { width: `max(1px, calc(${width * 100}% - 2px))` } };
  const { delivered, retried, failed } = stack([point.delivered, point.retried, point.failed], axis);
  return (
    <>
      {delivered && <rect {...box} {...delivered} className="fill-chart-ok" />}
      {retried && <rect {...box} {...retried} className="fill-chart-retry" />}
      {failed && <rect {...box} {...failed} className="fill-chart-failed" />}
      {failed && <rect {...box} {...failed} fill="url(#hatch)" />}
    </>
  );
}

type Segment = { y: number; height: number } | null;

/** Segments from the baseline up, each at least 1 px high and 1 px apart from the one below. */
export function stack(
  counts: [number, number, number],
  axis: ValueAxis,
): Record<"delivered" | "retried" | "failed", Segment> {
  let top = CHART_HEIGHT;
  const [delivered = null, retried = null, failed = null] = counts.map((count): Segment => {
    if (count === 0) return null;
    const gap = top === CHART_HEIGHT ? 0 : 1;
    const height = Math.max(1, CHART_HEIGHT - axis.y(count) - gap);
    top -= height + gap;
    return { y: top, height };
  });
  return { delivered, retried, failed };
}

/** For the pointer: what a bar stands for, and the same span in Deliveries. */
function BarLinks({ points }: { points: VolumePoint[] }) {
  return (
    <div aria-hidden="true" className="absolute inset-0 flex">
      {points.map((point, index) => (
        // biome-ignore lint/a11y/useAnchorContent: for the pointer alone; everybody else has the edges of the brush
        <a
          key={point.label}
          href={point.href}
          tabIndex={-1}
          data-at={index}
          data-bar={summary(point)}
          className="flex-1 hover:bg-fg/5"
        />
      ))}
    </div>
  );
}

function summary(point: VolumePoint): string {
  const { label, delivered, retried, failed, successRate } = point;
  const counts = `${formatNumber(delivered)} delivered · ${formatNumber(retried)} retried · ${formatNumber(failed)} failed`;
  return `${label} · ${counts}${successRate === null ? "" : ` · ${formatPercent(successRate)} success`}`;
}

function VolumeTable({ title, points }: { title: string; points: VolumePoint[] }) {
  return (
    <Table label={title} className={DATA_TABLE}>
      <thead>
        <Tr>
          <Th lead>Time</Th>
          <Th end>Delivered</Th>
          <Th end>Retried</Th>
          <Th end>Failed</Th>
          <Th end>Success</Th>
        </Tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <Tr key={point.label}>
            <Td lead>
              <RowLink href={point.href} prefetch={false}>
                {point.label}
              </RowLink>
            </Td>
            <Td end>{formatNumber(point.delivered)}</Td>
            <Td end>{formatNumber(point.retried)}</Td>
            <Td end>{formatNumber(point.failed)}</Td>
            <Td end>{point.successRate === null ? <None /> : formatPercent(point.successRate)}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
