import { PayloadBlock, type PayloadView } from "@/components/deliveries/payload-block";
import { UrlText } from "@/components/ui/chips";
import { HeaderTable } from "@/components/ui/header-table";
import type { WholeAttempt } from "@/lib/reports/delivery.ts";
import type { SentRequest } from "./load";

type RequestTabProps = { attempt: WholeAttempt | null; request: SentRequest; bodyHref: string; view: PayloadView };

/** The call as it was made: line, body, headers. Every attempt sends the same body. */
export function RequestTab({ attempt, request, bodyHref, view }: RequestTabProps) {
  const { method, url, body, contentType, note } = request;
  return (
    <>
      <p className="[overflow-wrap:anywhere]">
        <span className="mono mr-2 text-fg-2">{method}</span>
        <UrlText url={url} scheme />
      </p>
      {body ? (
        <PayloadBlock
          label="Body"
          bytes={body}
          contentType={contentType}
          downloadHref={bodyHref}
          view={view}
          cut={note}
        />
      ) : (
        <p className="text-fg-3 text-sm [overflow-wrap:anywhere]">
          {note ?? "The event is past its retention time, so its body is gone."}
        </p>
      )}
      {attempt?.requestHeaders && <HeaderTable label="Request headers" headers={attempt.requestHeaders} />}
    </>
  );
}
