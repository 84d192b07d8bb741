import { ArrowRight } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AttemptsRail } from "@/components/deliveries/attempts-rail";
import { attemptsView } from "@/components/deliveries/attempts-view";
import { DiagnosisCard } from "@/components/deliveries/diagnosis-card";
import { FactStrip } from "@/components/deliveries/fact-strip";
import { shownStatus } from "@/components/deliveries/row-view";
import { IdChip, UrlText } from "@/components/ui/chips";
import { formatBytes, urlParts } from "@/components/ui/format";
import { ICON_14 } from "@/components/ui/icon-size";
import { Wordmark } from "@/components/ui/mark";
import { Page, PageHeader } from "@/components/ui/page";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { formatId } from "@/lib/ids.ts";
import { why } from "@/lib/reports/diagnosis.ts";
import { wordsOfAnswer } from "@/lib/reports/said.ts";
import { harmlessDetail } from "@/lib/share-links/redact.ts";
import { RequestTab } from "../../(console)/w/[workspace]/deliveries/[delivery]/request-tab";
import { ResponseTab } from "../../(console)/w/[workspace]/deliveries/[delivery]/response-tab";
import { attemptSearch } from "../../(console)/w/[workspace]/deliveries/[delivery]/search";
import { loadShared, type Shared, sharedAttempt, sharedRequest } from "./load";

export const metadata: Metadata = { title: "Shared delivery", robots: { index: false, follow: false } };

type Props = { params: Promise<{ token: string }>; searchParams: Promise<Record<string, string | string[]>> };

/** One delivery for somebody without an account, redacted. */
export default async function SharedPage({ params, searchParams }: Props) {
  const { token } = await params;
  const shared = await loadShared(token);
  if (!shared) notFound();
  const { row, link, url } = shared;
  const { attempt: number } = attemptSearch.parse(await searchParams);
  const here = `/share/${token}`;
  const [attempt, request] = await Promise.all([sharedAttempt(shared, number), sharedRequest(shared)]);
  const view = { raw: false, hrefOf: () => here };
  return (
    <>
      <header className="flex min-h-12 flex-wrap items-center gap-x-3 border-b px-(--gutter) py-2 text-sm">
        <Wordmark className="[&_svg]:size-5" />
        <span className="text-fg-2">
          Shared by {link.workspaceName}, until <Time at={link.expiresAt} />
        </span>
      </header>
      <main id="main">
        <Page width="detail">
          <PageHeader title={row.eventType}>
            <StatusBadge status={shownStatus(row, new Date())} />
          </PageHeader>
          <p className="-mt-1.5 flex min-h-7 flex-wrap items-center gap-x-1.5 text-sm">
            <ArrowRight {...ICON_14} className="text-fg-3" />
            <UrlText url={url} className="min-w-0 [overflow-wrap:anywhere]" />
          </p>
          <Cause shared={shared} said={attempt && wordsOfAnswer(attempt.responseBody)} />
          <SharedFacts shared={shared} />
          <div className="mt-6 grid rounded-card border lg:grid-cols-[304px_minmax(0,1fr)]">
            <AttemptsRail
              attempts={row.attemptList.map((one) => ({ ...one, actor: null }))}
              createdAt={row.createdAt}
              selected={attempt?.number ?? null}
              hrefOf={(chosen) => `${here}?attempt=${chosen}`}
              compareHref={null}
              names={new Map()}
              pending={null}
            />
            <div className="grid min-w-0 content-start gap-4 p-4 max-md:p-3 [&>*]:min-w-0">
              <h2 className="text-base">{attempt ? `Answer to attempt ${attempt.number}` : "Answer"}</h2>
              <ResponseTab
                attempt={attempt}
                bodyHref={`${here}/body`}
                view={view}
                withheld={withheld(shared, attempt?.number)}
              />
              <h2 className="mt-2 text-base">Request</h2>
              <RequestTab attempt={attempt} request={request} bodyHref={`${here}/body`} view={view} />
            </div>
          </div>
        </Page>
      </main>
    </>
  );
}

/** The size of an answer that is not shared; null when it is, or there was none. */
function withheld({ row, link }: Shared, number: number | undefined): string | null {
  const bytes = row.attemptList.find((one) => one.number === number)?.responseBytes;
  return bytes && !link.showsBodies ? `The body, ${formatBytes(bytes)}, is not shared with this link.` : null;
}

function Cause({ shared: { row, settings, url }, said }: { shared: Shared; said: string | null }) {
  const last = row.attemptList.at(-1);
  if (!last || row.status === "delivered") return null;
  const host = urlParts(url).host || "the endpoint";
  const cause = why({ ...last, detail: harmlessDetail(last), host, timeoutSeconds: settings.timeoutSeconds });
  const evidence = said
    ? [
        {
          key: "said",
          line: (
            <>
              The answer says: <q className="mono [quotes:none]">{said}</q>
            </>
          ),
        },
      ]
    : [];
  return <DiagnosisCard why={cause.why} evidence={evidence} next={cause.next} />;
}

function SharedFacts({ shared: { row } }: { shared: Shared }) {
  const { planned, extra } = attemptsView(row);
  return (
    <FactStrip
      facts={[
        { name: "Created", value: <Time at={row.createdAt} mode="both" /> },
        { name: "Attempts", value: `${planned}${extra > 0 ? ` +${extra}` : ""}` },
        { name: "Event (webhook-id)", value: <IdChip id={formatId("evt", row.eventId)} noun="event ID" /> },
        { name: "Delivery", value: <IdChip id={formatId("dlv", row.id)} noun="delivery ID" /> },
      ]}
    />
  );
}
