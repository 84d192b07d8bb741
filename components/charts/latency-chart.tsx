import { line } from "d3-shape";
import { formatDuration, formatNumber } from "../ui/format";
import { None, Table, Td, Th, Tr } from "../ui/table";
import { CHART_HEIGHT, ChartFrame, DATA_TABLE, Gridlines } from "./chart-frame";
import { LegendEntry } from "./legend";
import { timeTicks } from "./time-axis";
import { valueAxis } from "./value-axis";

export type LatencyPoint = { at: Date; label: string; p50Ms: number | null; p95Ms: number | null };

type LatencyChartProps = {
  points: LatencyPoint[];
  /** Of the whole range, for the legend. */
  p50Ms: number | null;
  p95Ms: number | null;
  to: Date;
  zone: string;
};

/** Two lines in ms. Where nothing was sent there is a gap, not a zero. */
export function LatencyChart({ points, p50Ms, p95Ms, to, zone }: LatencyChartProps) {
  const axis = valueAxis(Math.max(0, ...points.map((point) => point.p95Ms ?? 0)), CHART_HEIGHT);
  const path = (values: (number | null)[]) => linePath(values, axis.y);
  return (
    <ChartFrame
      id="latency"
      title="Latency, ms"
      axis={axis}
      ticks={timeTicks(points[0]?.at ?? to, to, zone).filter((_, index, all) => sparse(index, all.length))}
      legend={
        <>
          <LegendEntry swatch="p95" name="p95" total={p95Ms === null ? "–" : formatNumber(p95Ms)} />
          <LegendEntry swatch="p50" name="p50" total={p50Ms === null ? "–" : formatNumber(p50Ms)} />
        </>
      }
      table={<LatencyTable points={points} />}
    >
      <svg aria-hidden="true" className="absolute inset-0 block size-full overflow-visible">
        <Gridlines axis={axis} />
      </svg>
      <svg
        aria-hidden="true"
        viewBox={`0 0 100 ${CHART_HEIGHT}`}
        preserveAspectRatio="none"
        className="absolute inset-0 block size-full overflow-visible fill-none [stroke-linecap:round] [stroke-width:1.5]"
      >
        <path
          d={path(points.map((point) => point.p50Ms))}
          vectorEffect="non-scaling-stroke"
          strokeDasharray="4 3"
          className="stroke-chart-ok"
        />
        <path d={path(points.map((point) => point.p95Ms))} vectorEffect="non-scaling-stroke" className="stroke-fg" />
      </svg>
    </ChartFrame>
  );
}

/** The narrow chart keeps its ends and every third label between. */
function sparse(index: number, count: number): boolean {
  return index === 0 || index === count - 1 || (index % 3 === 0 && index < count - 2);
}

/** A straight line through points spread over 100 units, broken where a value is missing. */
export function linePath(values: (number | null)[], y: (value: number) => number, width = 100): string {
  const last = Math.max(1, values.length - 1);
  const draw = line<number | null>()
    .defined((value) => value !== null)
    .x((_, index) => round((index / last) * width))
    .y((value) => round(y(value ?? 0)));
  return draw(values) ?? "";
}

const round = (value: number) => Math.round(value * 10) / 10;

function LatencyTable({ points }: { points: LatencyPoint[] }) {
  const cell = (ms: number | null) => (ms === null ? <None /> : formatDuration(ms));
  return (
    <Table label="Latency" className={DATA_TABLE}>
      <thead>
        <Tr>
          <Th lead>Time</Th>
          <Th end>p50</Th>
          <Th end>p95</Th>
        </Tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <Tr key={point.label}>
            <Td lead>{point.label}</Td>
            <Td end>{cell(point.p50Ms)}</Td>
            <Td end>{cell(point.p95Ms)}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
