import Link from "next/link";
import { formatBytes } from "@/components/ui/format";
import { Pending } from "@/components/ui/pending";
import { Time } from "@/components/ui/time";
import { formatId } from "@/lib/ids.ts";
import type { RequestRow } from "@/lib/reports/requests.ts";
import { outcomeWords, type SourceFacts } from "./verdict";
import { VerdictBadge } from "./verdict-badge";

type InboxRowProps = {
  request: RequestRow;
  source: SourceFacts;
  /** The inbox with this one opened. */
  href: string;
  current: boolean;
  zone: string;
  /** Said over the row, where it is another than that of the row before. */
  day: string | null;
};

/** One request of an inbox: what, the verdict, how it came and what was answered, when. */
export function InboxRow({ request, source, href, current, zone, day }: InboxRowProps) {
  const { method, bodyBytes, answerStatus, receivedAt } = request;
  const parts = [method, formatBytes(bodyBytes), answerStatus, outcomeWords(request, source)].filter(Boolean);
  return (
    <li>
      {day && <p className="border-b bg-surface py-1 pl-(--gutter) text-fg-2 text-xs">{day}</p>}
      <Link
        href={href}
        scroll={false}
        prefetch={false}
        data-request={formatId("req", request.id)}
        aria-current={current ? "true" : undefined}
        className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-0.5 border-b pt-1.75 pr-4 pb-2 pl-(--gutter) text-sm tabular-nums hover:bg-hover focus-inset current:bg-selected current:shadow-[inset_2px_0_0_var(--color-accent-fg)]"
      >
        <span className="truncate font-medium">{requestName(request)}</span>
        <span className="justify-self-end">
          <VerdictBadge request={request} source={source} />
        </span>
        <span className="truncate text-fg-2 text-xs">{parts.join(" · ")}</span>
        <Time at={receivedAt} zone={zone} mode="time" className="text-right text-fg-3 text-xs leading-4" />
        <Pending />
      </Link>
    </li>
  );
}

/** The provider's word for what happened; else what was sent, or a dash where that could not be read. */
export function requestName({ type, verdict, contentType }: Pick<RequestRow, "type" | "verdict" | "contentType">) {
  if (type) return type;
  if (verdict === "handshake") return "Address check";
  if (verdict === "refused" || verdict === "unparsable") return "–";
  return contentType?.split(";")[0]?.trim() || "Request";
}
