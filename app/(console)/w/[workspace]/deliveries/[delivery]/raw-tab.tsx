import { rawRequest, rawResponse } from "@/components/deliveries/raw-exchange";
import { CodeBlock } from "@/components/ui/code-block";
import type { WholeAttempt } from "@/lib/reports/delivery.ts";
import type { SentRequest } from "./load";
import { NotYet } from "./not-yet";

/** Request and answer in one piece each, to read or to paste. */
export function RawTab({ attempt, request }: { attempt: WholeAttempt | null; request: SentRequest }) {
  if (!attempt) return <NotYet />;
  const [sent, answer] = [rawRequest(attempt, request), rawResponse(attempt)];
  return (
    <>
      {sent === null ? (
        <p className="text-fg-3 text-sm">No request was sent on this attempt.</p>
      ) : (
        <CodeBlock label="Request" code={sent} wrap />
      )}
      {answer === null ? (
        <p className="text-fg-3 text-sm">No answer came.</p>
      ) : (
        <CodeBlock label="Response" code={answer} wrap />
      )}
      <p className="text-fg-3 text-xs">
        Written as HTTP/1.1. Values of the endpoint's own headers are kept masked; of long bodies the beginning is
        shown.
      </p>
    </>
  );
}
