import { STATUS_CODES } from "node:http";
import { PayloadBlock, type PayloadView } from "@/components/deliveries/payload-block";
import { Waterfall } from "@/components/deliveries/waterfall";
import { Badge } from "@/components/ui/badge";
import { HeaderTable } from "@/components/ui/header-table";
import { Time } from "@/components/ui/time";
import { answerWord } from "@/lib/delivery/outcome-words.ts";
import type { WholeAttempt } from "@/lib/reports/delivery.ts";
import { NotYet } from "./not-yet";

type ResponseTabProps = {
  attempt: WholeAttempt | null;
  bodyHref: string;
  view: PayloadView;
  /** Said in place of a body that is there and is not shown. */
  withheld?: string | null;
};

/** What came back: how it ended, how long it took, body, headers. */
export function ResponseTab({ attempt, bodyHref, view, withheld }: ResponseTabProps) {
  if (!attempt) return <NotYet />;
  return (
    <>
      <StatusLine attempt={attempt} />
      <Waterfall attempt={attempt} />
      {attempt.responseBody && (
        <PayloadBlock
          label="Body"
          bytes={attempt.responseBody}
          contentType={contentTypeOf(attempt)}
          downloadHref={`${bodyHref}?attempt=${attempt.number}`}
          view={view}
          cut={attempt.responseCut ? "The answer was longer: its first 64 KiB at most are read and kept." : null}
        />
      )}
      {attempt.responseHeaders && <HeaderTable label="Response headers" headers={attempt.responseHeaders} />}
      {attempt.statusCode !== null && !attempt.responseBody && (
        <p className="text-fg-3 text-sm">{withheld ?? "The answer had no body."}</p>
      )}
    </>
  );
}

export function contentTypeOf({ responseHeaders }: WholeAttempt): string | null {
  return responseHeaders?.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? null;
}

function StatusLine({ attempt }: { attempt: WholeAttempt }) {
  const { outcome, statusCode, detail, remoteAddress } = attempt;
  const word = statusCode === null ? "No answer" : (STATUS_CODES[statusCode] ?? "");
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      <Badge tone={outcome === "success" ? "idle" : "bad"} className="mono px-1.5 text-xs/4">
        {answerWord(outcome, statusCode)}
      </Badge>
      <span className="font-medium">{word}</span>
      {detail && <span className="[overflow-wrap:anywhere]">{detail}</span>}
      <span className="text-fg-3 tabular-nums">
        attempt {attempt.number} · <Time at={attempt.startedAt} mode="both" />
        {remoteAddress && <> · {remoteAddress}</>}
      </span>
    </p>
  );
}
