import { ChevronRight, CircleCheck, CircleX, SquareTerminal } from "lucide-react";
import Link from "next/link";
import { payloadText } from "@/components/deliveries/payload-text";
import { Waterfall } from "@/components/deliveries/waterfall";
import { pagePath } from "@/components/shell/paths";
import { CodeBlock } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { HeaderTable } from "@/components/ui/header-table";
import { ICON_16 } from "@/components/ui/icon-size";
import { Time } from "@/components/ui/time";
import type { KeptTrial } from "@/lib/playground/trials.ts";
import { trialWords, wireText } from "./trial-view";

type Props = { slug: string; zone: string; trial: KeptTrial; open: boolean };

/** One call: how it went, how long each part of it took, what came back, and what was sent. */
export function TrialResult({ slug, zone, trial, open }: Props) {
  const { answer } = trial;
  const good = answer.outcome === "success";
  const Icon = good ? CircleCheck : CircleX;
  return (
    <details open={open} className="group/trial mb-3 rounded-card border" data-outcome={answer.outcome}>
      <summary className="focus-inset flex cursor-pointer list-none flex-wrap items-center gap-x-2.5 gap-y-1 px-3 py-2.5 text-sm hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight {...ICON_16} className="text-fg-3 group-open/trial:rotate-90" />
        <Icon {...ICON_16} className={good ? "text-fg-2" : "text-bad"} />
        <span className="font-medium">{trialWords(answer)}</span>
        <span className="mono min-w-0 text-fg-2 [overflow-wrap:anywhere]">{trial.url}</span>
        <Time at={trial.createdAt} zone={zone} mode="time" className="mono ml-auto text-fg-3" />
      </summary>
      <div className="grid grid-cols-1 gap-4 border-t px-3 py-3">
        {answer.detail && <p className="text-sm [overflow-wrap:anywhere]">{answer.detail}</p>}
        <p className="text-fg-2 text-sm">
          {trial.eventType}, sent by {trial.actorName}
          {trial.endpointId && (
            <>
              {" to "}
              <Link href={pagePath(slug, "ep", trial.endpointId)} className="link">
                this endpoint
              </Link>
            </>
          )}
          {answer.remoteAddress && ` at ${answer.remoteAddress}`}
          {answer.tls?.protocol && ` over ${answer.tls.protocol}`}.
        </p>
        {answer.outcome !== "cancelled" && <Waterfall attempt={{ ...answer, reusedConnection: false }} />}
        <Response answer={answer} />
        <Request request={trial.request} />
      </div>
    </details>
  );
}

async function Response({ answer }: { answer: KeptTrial["answer"] }) {
  if (answer.statusCode === null) return null;
  const bytes = Buffer.from(answer.body ?? "", "base64");
  const { text, kind, notice } = payloadText(bytes);
  return (
    <div className="grid grid-cols-1 gap-2">
      {answer.headers && <HeaderTable headers={answer.headers} label="Response headers" />}
      {bytes.length > 0 ? (
        <CodeBlock
          label="Response body"
          code={text}
          language={kind === "json" ? "json" : undefined}
          size={bytes.length}
          wrap
        />
      ) : (
        <p className="text-fg-3 text-sm">Response body: empty.</p>
      )}
      {(notice || answer.bodyCut) && (
        <p className="text-fg-3 text-xs">{notice ?? "The rest of the body was not read."}</p>
      )}
    </div>
  );
}

function Request({ request }: { request: KeptTrial["request"] }) {
  if (!request) return <p className="text-fg-3 text-sm">Nothing was sent.</p>;
  const kept = Buffer.from(request.body, "base64");
  return (
    <div>
      <CodeBlock
        label="Signed request"
        code={wireText(request, payloadText(kept, { pretty: false }).text)}
        size={request.bodyBytes}
        wrap
      />
      {kept.length < request.bodyBytes && (
        <p className="mt-1.5 text-fg-3 text-xs">The first 64 KiB of its body are shown.</p>
      )}
    </div>
  );
}

/** Before the first call, and for calls that are no longer kept. */
export function NoTrial({ asked }: { asked: boolean }) {
  return (
    <EmptyState icon={SquareTerminal} title={asked ? "This call is not kept any more" : "Nothing sent yet"}>
      {asked
        ? "Of a workspace the newest hundred are kept. Send it again to see how it goes now."
        : "Send something: status, timing, response and the signed request appear here."}
    </EmptyState>
  );
}
