import { LinkTabs } from "@/components/ui/link-tabs";
import type { WholeAttempt } from "@/lib/reports/delivery.ts";
import { HeadersTab } from "./headers-tab";
import type { SentRequest } from "./load";
import { RawTab } from "./raw-tab";
import { RequestTab } from "./request-tab";
import { ResponseTab } from "./response-tab";
import { TABS, type Tab } from "./search";
import { SignatureTab } from "./signature-tab";

export type AttemptPanelProps = {
  attempt: WholeAttempt | null;
  tab: Tab;
  /** The address of this place with another tab, or with its payload as it came. */
  hrefOf: (change: { tab?: Tab; raw?: boolean }) => string;
  /** Payloads are shown as they came. */
  raw: boolean;
  request: SentRequest;
  bodyHref: string;
  snippetsHref: string;
  /** Where a secret is checked against this attempt's signature. */
  verify: { slug: string; delivery: string };
};

const LABELS = {
  request: "Request",
  response: "Response",
  headers: "Headers",
  signature: "Signature",
  raw: "Raw",
} satisfies Record<Tab, string>;

/** What one attempt sent and got. Each tab is an address. */
export function AttemptPanel(props: AttemptPanelProps) {
  const { attempt, tab, hrefOf } = props;
  const label = attempt ? `Attempt ${attempt.number}` : "Before the first attempt";
  return (
    <section aria-label={label} className="min-w-0">
      <LinkTabs
        label={label}
        className="px-4 max-md:px-3"
        tabs={TABS.map((name) => ({ href: hrefOf({ tab: name }), label: LABELS[name], current: name === tab }))}
      />
      <div className="grid gap-4 p-4 max-md:p-3 [&>*]:min-w-0">
        <TabContent {...props} />
      </div>
    </section>
  );
}

function TabContent({ attempt, tab, hrefOf, raw, request, bodyHref, snippetsHref, verify }: AttemptPanelProps) {
  const view = { raw, hrefOf: (wanted: boolean) => hrefOf({ tab, raw: wanted }) };
  switch (tab) {
    case "request":
      return <RequestTab attempt={attempt} request={request} bodyHref={bodyHref} view={view} />;
    case "response":
      return <ResponseTab attempt={attempt} bodyHref={bodyHref} view={view} />;
    case "headers":
      return <HeadersTab attempt={attempt} />;
    case "signature":
      return <SignatureTab attempt={attempt} body={request.body} snippetsHref={snippetsHref} verify={verify} />;
    case "raw":
      return <RawTab attempt={attempt} request={request} />;
  }
}
