import Link from "next/link";
import { endpointName } from "@/components/endpoints/endpoint-name";
import { pagePath } from "@/components/shell/paths";
import { formatCount, formatNumber } from "@/components/ui/format";
import { LEFT_OUT_WORDS } from "@/lib/bulk-jobs/left-out.ts";
import type { JobKind } from "@/lib/bulk-jobs/scope.ts";
import type { Preview } from "@/lib/bulk-jobs/shares.ts";
import { answerWord } from "@/lib/delivery/outcome-words.ts";
import { ShareCard } from "./share-card";

type JobPreviewProps = { slug: string; kind: JobKind /** Null: it took too long to count. */; preview: Preview | null };

/** The number first, then what it is made of, then what is left out and why. */
export function JobPreview({ slug, kind, preview }: JobPreviewProps) {
  if (!preview) {
    return (
      <p className="mt-4 max-w-160 text-fg-2">
        Too many to count while you wait. The job counts them exactly before it touches the first one, and you can stop
        it at any time.
      </p>
    );
  }
  const { willRun, byEndpoint, byType, byError } = preview;
  return (
    <section aria-label="What will be done">
      <Count kind={kind} preview={preview} />
      {willRun > 0 && (
        <div className="mt-4 grid gap-3 md:grid-cols-2 xl:grid-cols-3">
          <ShareCard
            title="By endpoint"
            total={willRun}
            lines={byEndpoint.map(({ endpointId, endpoint, count }) => ({
              key: endpointId,
              count,
              name: (
                <Link href={pagePath(slug, "ep", endpointId)} className="hover:underline" title={endpoint?.url}>
                  {endpoint ? endpointName(endpoint) : "Unknown endpoint"}
                </Link>
              ),
            }))}
          />
          <ShareCard
            title="By event type"
            total={willRun}
            lines={byType.map(({ type, count }) => ({ key: type, name: type, count }))}
          />
          {byError.length > 0 && (
            <ShareCard
              title="By how the last attempt ended"
              total={willRun}
              lines={byError.map(({ outcome, statusCode, count }) => ({
                key: `${outcome} ${statusCode}`,
                name: <span className="mono">{outcome ? answerWord(outcome, statusCode) : "no attempt"}</span>,
                count,
              }))}
            />
          )}
        </div>
      )}
    </section>
  );
}

function Count({ kind, preview: { willRun, matching, more, atMost, leftOut } }: { kind: JobKind; preview: Preview }) {
  const noun =
    kind === "retry" ? "will be retried" : willRun === 1 ? "new delivery will be made" : "new deliveries will be made";
  return (
    <>
      <p className="mt-3">
        <span className="font-semibold text-2xl tabular-nums">
          {more ? "more than " : atMost ? "at most " : ""}
          {formatNumber(willRun)}
        </span>{" "}
        <span className="ml-1 text-fg-2">
          {noun}
          {kind === "replay" && `, from ${more ? "more than " : ""}${formatCount(matching, "event")}`}
          {kind === "retry" && leftOut.length > 0 && ` of ${formatNumber(matching)} that match`}
        </span>
      </p>
      {more && (
        <p className="mt-1 text-fg-2 text-sm">
          Counted so far. The job counts all of them before it touches the first one.
        </p>
      )}
      {leftOut.length > 0 && (
        <ul className="mt-2 text-fg-2 text-sm" aria-label="Left out">
          {leftOut.map(({ why, count }) => (
            <li key={why}>
              <b className="font-medium text-fg tabular-nums">{formatNumber(count)}</b> left out: {LEFT_OUT_WORDS[why]}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
