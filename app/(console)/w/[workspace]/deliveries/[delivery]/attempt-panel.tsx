import { STATUS_CODES } from "node:http";
import { PayloadBlock } from "@/components/deliveries/payload-block";
import { Waterfall } from "@/components/deliveries/waterfall";
import { Badge } from "@/components/ui/badge";
import { HeaderTable } from "@/components/ui/header-table";
import { LinkTabs } from "@/components/ui/link-tabs";
import { Time } from "@/components/ui/time";
import { answerWord } from "@/lib/delivery/outcome-words.ts";
import type { AttemptRow } from "@/lib/reports/delivery.ts";
import { NotYet } from "./not-yet";
import { RequestTab, type SentRequest } from "./request-tab";
import { TABS, type Tab } from "./search";
import { SignatureTab } from "./signature-tab";

type AttemptPanelProps = {
  attempt: AttemptRow | null;
  tab: Tab;
  /** The address of this page with another tab. */
  hrefOf: (tab: Tab) => string;
  request: SentRequest;
  bodyHref: string;
  snippetsHref: string;
};

const LABELS = {
  request: "Request",
  response: "Response",
  headers: "Headers",
  signature: "Signature",
} satisfies Record<Tab, string>;

/** What one attempt sent and got. Each tab is an address. */
export function AttemptPanel({ attempt, tab, hrefOf, request, bodyHref, snippetsHref }: AttemptPanelProps) {
  const label = attempt ? `Attempt ${attempt.number}` : "Before the first attempt";
  return (
    <section aria-label={label} className="min-w-0">
      <LinkTabs
        label={label}
        className="px-3"
        tabs={TABS.map((name) => ({ href: hrefOf(name), label: LABELS[name], current: name === tab }))}
      />
      <div className="grid gap-4 p-4 max-md:p-3 [&>*]:min-w-0">
        {tab === "request" && <RequestTab attempt={attempt} request={request} bodyHref={bodyHref} />}
        {tab === "response" && <ResponseTab attempt={attempt} bodyHref={bodyHref} />}
        {tab === "headers" && <HeadersTab attempt={attempt} />}
        {tab === "signature" && <SignatureTab attempt={attempt} body={request.body} snippetsHref={snippetsHref} />}
      </div>
    </section>
  );
}

type OfAttempt = { attempt: AttemptRow | null };

function ResponseTab({ attempt, bodyHref }: OfAttempt & { bodyHref: string }) {
  if (!attempt) return <NotYet />;
  const contentType = attempt.responseHeaders?.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? null;
  return (
    <>
      <StatusLine attempt={attempt} />
      <Waterfall attempt={attempt} />
      {attempt.responseBody && (
        <PayloadBlock
          label="Body"
          bytes={attempt.responseBody}
          contentType={contentType}
          downloadHref={`${bodyHref}?attempt=${attempt.number}`}
          cut={attempt.responseCut ? "The answer was longer: its first 64 KiB at most are read and kept." : null}
        />
      )}
      {attempt.responseHeaders && <HeaderTable label="Response headers" headers={attempt.responseHeaders} />}
      {attempt.statusCode !== null && !attempt.responseBody && (
        <p className="text-fg-3 text-sm">The answer had no body.</p>
      )}
    </>
  );
}

function StatusLine({ attempt }: { attempt: AttemptRow }) {
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

function HeadersTab({ attempt }: OfAttempt) {
  if (!attempt) return <NotYet />;
  return (
    <>
      {attempt.requestHeaders ? (
        <HeaderTable label="Request headers" headers={attempt.requestHeaders} />
      ) : (
        <p className="text-fg-3 text-sm">No request was sent, so there are no request headers.</p>
      )}
      {attempt.responseHeaders ? (
        <HeaderTable label="Response headers" headers={attempt.responseHeaders} />
      ) : (
        <p className="text-fg-3 text-sm">No answer came, so there are no response headers.</p>
      )}
      <p className="text-fg-3 text-xs">Values of the endpoint's own headers are kept masked.</p>
    </>
  );
}
