import { HeaderTable } from "@/components/ui/header-table";
import type { WholeAttempt } from "@/lib/reports/delivery.ts";
import { NotYet } from "./not-yet";

/** Both sides' headers as they were. */
export function HeadersTab({ attempt }: { attempt: WholeAttempt | null }) {
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
