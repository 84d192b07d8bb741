import type { ReactNode } from "react";
import type { AttemptPanelProps } from "./attempt-panel";
import { RequestTab } from "./request-tab";
import { ResponseTab } from "./response-tab";
import type { Tab } from "./search";
import { SignatureTab } from "./signature-tab";

/** Bodies beyond this are not sent along for paper; their download is. */
const MOST_PRINTED_BYTES = 16 * 1_024;

type PrintedAttemptProps = Pick<AttemptPanelProps, "attempt" | "request" | "bodyHref" | "snippetsHref"> & {
  /** What the screen shows already. */
  shown: Tab | null;
};

/** On paper there are no tabs: what the screen does not show of the attempt follows below. */
export function PrintedAttempt({ shown, attempt, request, bodyHref, snippetsHref }: PrintedAttemptProps) {
  if (!attempt) return null;
  const view = { raw: false, hrefOf: () => bodyHref };
  const printedRequest = isShort(request.body) ? request : { ...request, body: null, note: TOO_LONG };
  const shortAnswer = isShort(attempt.responseBody);
  const printedAttempt = shortAnswer ? attempt : { ...attempt, responseBody: null };
  return (
    <div className="hidden print:block" data-printed>
      {shown !== "request" && (
        <Part title="Request">
          <RequestTab attempt={attempt} request={printedRequest} bodyHref={bodyHref} view={view} />
        </Part>
      )}
      {shown !== "response" && (
        <Part title="Response">
          <ResponseTab
            attempt={printedAttempt}
            bodyHref={bodyHref}
            view={view}
            withheld={shortAnswer ? null : TOO_LONG}
          />
        </Part>
      )}
      {shown !== "signature" && (
        <Part title="Signature">
          <SignatureTab attempt={attempt} body={printedRequest.body} snippetsHref={snippetsHref} verify={null} />
        </Part>
      )}
    </div>
  );
}

const TOO_LONG = "The body is too long to be printed with the rest: download it.";

function isShort(body: Buffer | null): boolean {
  return (body?.length ?? 0) <= MOST_PRINTED_BYTES;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={`${title}, printed`} className="mt-4">
      <h2 className="mb-2 text-lg">{title}</h2>
      <div className="grid gap-4 [&>*]:min-w-0">{children}</div>
    </section>
  );
}
