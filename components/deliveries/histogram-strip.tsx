import { timeTicks } from "../charts/time-axis";
import { cn } from "../ui/cn";
import { formatNumber } from "../ui/format";
import { calendarDay, clockMinute } from "../ui/format-time";
import { HistogramBrush } from "./histogram-brush";
import { barTotal, STRIP_KINDS, type StripBar, type StripKind, segmentsOf, stepWords } from "./strip-bars";

type HistogramStripProps = {
  bars: StripBar[];
  stepMs: number;
  /** False when the bars were scaled up from a sample. */
  exact: boolean;
  zone: string;
  /** The list's address with its filters, without its times. */
  base: string;
};

const FILLS: Record<StripKind, string> = {
  delivered: "fill-chart-ok",
  other: "fill-chart-pending",
  retrying: "fill-chart-retry",
  failed: "fill-chart-failed",
};
const WORDS: Record<StripKind, string> = {
  delivered: "delivered",
  other: "waiting or discarded",
  retrying: "retrying",
  failed: "failed",
};

/** How the list's deliveries lie over its time, 48 px high. A bar leads to its own time; a brush takes several. */
export function HistogramStrip({ bars, stepMs, exact, zone, base }: HistogramStripProps) {
  const first = bars[0];
  if (!first) return null;
  const [from, to] = [first.at, new Date(first.at.getTime() + bars.length * stepMs)];
  const peak = Math.max(...bars.map(barTotal));
  const about = exact ? "" : "~";
  const width = 100 / bars.length;
  const drawn = bars.flatMap((bar, index) => (barTotal(bar) > 0 ? [{ bar, index }] : []));
  return (
    <div className="relative mx-(--gutter) h-12" data-print="hide">
      <HistogramBrush
        from={from.getTime()}
        stepMs={stepMs}
        count={bars.length}
        zone={zone}
        base={base}
        rest={`peak ${about}${formatNumber(peak)} in ${stepWords(stepMs)}`}
        summary={summaryOf(bars, stepMs, about)}
      >
        <svg aria-hidden="true" className="block h-7.5 w-full overflow-visible">
          <pattern id="strip-hatch" width="4" height="4" patternUnits="userSpaceOnUse">
            <path d="M-1 5 5-1M-1 1 1-1M3 5 5 3" className="stroke-bg" />
          </pattern>
          {drawn.flatMap(({ bar, index }) =>
            segmentsOf(bar, peak).map(({ kind, y, height }) => {
              const box = { x: `${(index * width).toFixed(3)}%`, y, height, style: barWidth(width) };
              return (
                <g key={`${index} ${kind}`}>
                  <rect {...box} className={FILLS[kind]} />
                  {kind === "failed" && <rect {...box} fill="url(#strip-hatch)" />}
                </g>
              );
            }),
          )}
          <line x2="100%" y1="30.5" y2="30.5" shapeRendering="crispEdges" className="stroke-control" />
        </svg>
        <div aria-hidden="true">
          {drawn.map(({ bar, index }) => (
            // biome-ignore lint/a11y/useAnchorContent: for the pointer alone; everybody else has the edges of the brush
            <a
              key={index}
              data-bar={barWords(bar, stepMs, zone, about)}
              data-at={index}
              href={`${base}from=${timeText(bar.at)}&to=${timeText(new Date(bar.at.getTime() + stepMs))}`}
              tabIndex={-1}
              className="absolute inset-y-0 hover:bg-fg/5"
              style={{ left: `${(index * width).toFixed(3)}%`, width: `${width.toFixed(3)}%` }}
            />
          ))}
        </div>
      </HistogramBrush>
      <Axis from={from} to={to} zone={zone} />
    </div>
  );
}

const barWidth = (width: number) => ({ width: `max(1px, calc(${width.toFixed(3)}% - 1px))` });
/** Whole seconds: shorter, and steps are never finer. */
const timeText = (at: Date) => at.toISOString().replace(".000", "");

function Axis({ from, to, zone }: { from: Date; to: Date; zone: string }) {
  const ticks = timeTicks(from, to, zone);
  return (
    <div aria-hidden="true" className="relative h-4 text-fg-3 text-xs tabular-nums">
      {ticks.map(({ position, label }, index) => {
        const inner = index > 0 && index < ticks.length - 1;
        return (
          <span
            key={position}
            style={{ left: `${(position * 100).toFixed(2)}%` }}
            className={cn(
              "absolute whitespace-nowrap",
              inner && "-translate-x-1/2",
              inner && (index % 2 === 1 || position < 0.4) && "max-md:hidden",
              index === ticks.length - 1 && "-translate-x-full",
            )}
          >
            {label}
          </span>
        );
      })}
    </div>
  );
}

/** `10:15–10:30 · 3 delivered · 12 failed` */
function barWords(bar: StripBar, stepMs: number, zone: string, about: string): string {
  const end = new Date(bar.at.getTime() + stepMs);
  const days = stepMs >= 86_400_000;
  const span = days
    ? `${calendarDay(bar.at, zone)}–${calendarDay(end, zone)}`
    : `${calendarDay(bar.at, zone)} ${clockMinute(bar.at, zone)}–${clockMinute(end, zone)}`;
  return [span, ...countWords([bar], about)].join(" · ");
}

function summaryOf(bars: StripBar[], stepMs: number, about: string): string {
  return `Deliveries per ${stepWords(stepMs)}: ${countWords(bars, about).join(", ") || "none"}`;
}

function countWords(bars: StripBar[], about: string): string[] {
  return STRIP_KINDS.flatMap((kind) => {
    const sum = bars.reduce((total, bar) => total + bar[kind], 0);
    return sum > 0 ? [`${about}${formatNumber(sum)} ${WORDS[kind]}`] : [];
  });
}
