import { BadgeCheck, ChevronRight, CircleX, Inbox } from "lucide-react";
import type { ReactNode } from "react";
import { payloadText } from "@/components/deliveries/payload-text";
import { ColouredJson } from "@/components/ui/coloured-json";
import { EmptyState } from "@/components/ui/empty-state";
import { formatBytes, formatDuration } from "@/components/ui/format";
import { HeaderTable } from "@/components/ui/header-table";
import { ICON_14, ICON_16 } from "@/components/ui/icon-size";
import { Time } from "@/components/ui/time";
import type { ReceivedCall } from "@/lib/receiver/queries.ts";

/** Coloured text is many times the size of the plain. */
const MOST_COLOURED = 1_000;

type Props = { calls: ReceivedCall[]; zone: string };

/** What came in last, newest first; each opens to the whole of it. */
export function ReceivedCalls({ calls, zone }: Props) {
  if (calls.length === 0) return <NothingYet />;
  return (
    <ol aria-live="polite" aria-label="Received calls" className="rounded-card border">
      {calls.map((call) => (
        <li key={call.id} className="border-b last:border-b-0">
          <Call call={call} zone={zone} />
        </li>
      ))}
    </ol>
  );
}

function Call({ call, zone }: { call: ReceivedCall; zone: string }) {
  const Icon = call.verified ? BadgeCheck : CircleX;
  const failed = call.statusCode === null || call.statusCode >= 400;
  return (
    <details className="group/call">
      <summary className="focus-inset grid cursor-pointer list-none grid-cols-[16px_92px_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-0.5 px-3 py-2 text-sm hover:bg-hover max-sm:grid-cols-[16px_minmax(0,1fr)_auto] [&::-webkit-details-marker]:hidden">
        <ChevronRight {...ICON_16} className="text-fg-3 group-open/call:rotate-90" />
        <Time at={call.receivedAt} zone={zone} mode="ms" className="mono text-fg-2 max-sm:hidden" />
        <span className="flex min-w-0 items-center gap-1.5">
          <Icon {...ICON_14} className={call.verified ? "text-fg-2" : "text-bad"} />
          <span className="sr-only">{call.verified ? "Signature verified" : "Signature wrong"}</span>
          <span className="mono truncate">{headerOf(call, "webhook-id")}</span>
        </span>
        <span className="mono whitespace-nowrap">
          <span className={failed ? "text-bad" : undefined}>{call.statusCode ?? "closed"}</span>
          {call.delayMs > 0 && <span className="text-fg-3"> after {formatDuration(call.delayMs)}</span>}
        </span>
      </summary>
      <div className="grid grid-cols-1 gap-3 border-t bg-surface px-3 py-3">
        <p className="text-fg-2 text-sm">
          {call.method} with {formatBytes(call.bodyBytes)}, {call.verified ? "signature verified" : "signature wrong"}.
        </p>
        <HeaderTable headers={call.headers} label="Headers" className="bg-bg" />
        <Body call={call} />
      </div>
    </details>
  );
}

function Body({ call }: { call: ReceivedCall }) {
  if (call.body.length === 0) return <p className="text-fg-3 text-sm">No body.</p>;
  const { text, kind } = payloadText(call.body);
  const isCut = call.body.length < call.bodyBytes;
  return (
    <div>
      <ScrollBox>{kind === "json" && text.length <= MOST_COLOURED ? <ColouredJson text={text} /> : text}</ScrollBox>
      {isCut && <p className="mt-1 text-fg-3 text-xs">The first {formatBytes(call.body.length)} are shown.</p>}
    </div>
  );
}

function ScrollBox({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex lint/a11y/useSemanticElements: a box that scrolls must be reachable by keyboard
    <div role="group" aria-label="Body" tabIndex={0} className={SCROLLING}>
      <pre className="mono px-3 py-2">{children}</pre>
    </div>
  );
}

const SCROLLING = "focus-inset max-h-80 overflow-auto rounded-card border bg-bg";

function NothingYet() {
  return (
    <EmptyState icon={Inbox} title="Nothing came in yet">
      Send a demo event: it appears here within two seconds, with its headers, its body and what it was answered.
    </EmptyState>
  );
}

function headerOf({ headers }: ReceivedCall, name: string): string {
  return headers.find(([one]) => one === name)?.[1] ?? "no webhook-id";
}
