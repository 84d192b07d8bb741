import { calendarDay, clockMinute } from "@/components/ui/format-time";
import { Countdown } from "./countdown";

export type SigningSecret = { id: string; createdAt: Date; expiresAt: Date | null };

type SecretOverlapProps = { current: SigningSecret; old: SigningSecret[]; zone: string; now: Date };

/** The part of the drawing before the new secret, and after the old one's end, in percent. */
const MARGIN = 12;

/** Which secret signs when, as two bars over each other. */
export function SecretOverlap({ current, old, zone, now }: SecretOverlapProps) {
  const ends = old.map(({ expiresAt }) => expiresAt?.getTime() ?? 0);
  const [from, to] = [current.createdAt.getTime(), Math.max(...ends)];
  const at = (time: number) => MARGIN + ((100 - 2 * MARGIN) * (time - from)) / Math.max(to - from, 1);
  const text = (time: number) => `${dayIfOther(new Date(time), now, zone)}${clockMinute(new Date(time), zone)}`;
  const nowAt = Math.min(Math.max(at(now.getTime()), MARGIN), 100 - MARGIN);
  return (
    <div className="border-t px-4 pt-3 pb-3.5">
      <div
        role="img"
        aria-label={`The new secret signs since ${text(from)}, the old one until ${text(to)}`}
        className="grid grid-cols-[56px_minmax(0,1fr)] items-center gap-x-2 gap-y-1 text-fg-2 text-xs"
      >
        <span>New</span>
        <Bar left={MARGIN} right={0} now={nowAt} className="bg-fg-2" />
        {ends.map((end, index) => (
          <Row key={end} word={index === 0 ? "Old" : `Old ${index + 1}`}>
            <Bar left={0} right={100 - at(end)} now={nowAt} className="bg-chart-ok" />
          </Row>
        ))}
        <span />
        <span className="relative h-4 text-fg-3 tabular-nums">
          <span className="absolute left-0">{text(from)}</span>
          <span className="absolute right-0">{text(to)}</span>
        </span>
      </div>
      <p className="mt-2 text-sm">
        {old.length > 1 ? "All of them" : "Both secrets"} sign for another{" "}
        <Countdown until={new Date(Math.min(...ends)).toISOString()} now={now.toISOString()} />.
      </p>
    </div>
  );
}

function Row({ word, children }: { word: string; children: React.ReactNode }) {
  return (
    <>
      <span>{word}</span>
      {children}
    </>
  );
}

type BarProps = { left: number; right: number; now: number; className: string };

function Bar({ left, right, now, className }: BarProps) {
  return (
    <span className="relative block h-1.5 rounded-[1px] bg-muted">
      <i className={`absolute inset-y-0 rounded-[1px] ${className}`} style={{ left: `${left}%`, right: `${right}%` }} />
      <span className="absolute -inset-y-1 w-px bg-accent-fg" style={{ left: `${now}%` }} />
    </span>
  );
}

function dayIfOther(time: Date, now: Date, zone: string): string {
  const day = calendarDay(time, zone, now);
  return day === calendarDay(now, zone, now) ? "" : `${day} `;
}
