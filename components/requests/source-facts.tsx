import { formatDuration, formatNumber } from "@/components/ui/format";
import { providerOf } from "@/lib/providers/registry.ts";
import type { Total } from "@/lib/reports/count-back.ts";
import type { SourceHead } from "@/lib/reports/source-head.ts";
import { verifiedBy } from "@/lib/sources/verified-by.ts";

/** The line under a source's address: how its calls are believed, what they are answered, how many came. */
export function SourceFacts({ source }: { source: SourceHead }) {
  const parts = [
    { key: "verified", words: <VerifiedWords source={source} /> },
    ...(providerOf(source.provider).secret ? [{ key: "secrets", words: <SecretWords source={source} /> }] : []),
    { key: "answer", words: answerWords(source) },
    {
      key: "counts",
      words: `${total(source.inDay)} ${source.inDay.count === 1 ? "request" : "requests"} in 24 h${
        source.quarantinedInDay.count > 0 ? `, ${total(source.quarantinedInDay)} quarantined` : ""
      }`,
    },
  ];
  return (
    <ul className="mt-2 flex flex-wrap gap-x-2.5 gap-y-0.5 text-fg-2 text-sm tabular-nums">
      {parts.map(({ key, words }) => (
        <li
          key={key}
          className="not-first:before:mr-2.5 not-first:before:inline-block not-first:before:size-0.75 not-first:before:rounded-full not-first:before:bg-control not-first:before:align-middle"
        >
          {words}
        </li>
      ))}
    </ul>
  );
}

function answerWords({ answer, syncEndpointId, syncTimeoutMs }: SourceHead): string {
  const status = answer?.status ?? 200;
  return syncEndpointId
    ? `Answered by an endpoint within ${formatDuration(syncTimeoutMs)}, else ${status}`
    : `Answers ${status}`;
}

function VerifiedWords({ source }: { source: SourceHead }) {
  const { header, words, timed } = verifiedBy(source.provider, source.settings);
  if (!header && !words) return "Not verified: who knows the URL may post";
  return (
    <>
      Verified by {header ? <span className="mono">{header}</span> : words}
      {timed && ", 5 min tolerance"}
    </>
  );
}

function SecretWords({ source: { secrets } }: { source: SourceHead }) {
  const [newest] = secrets;
  if (!newest) return <span className="text-warn">No secret yet</span>;
  return (
    <>
      {secrets.length === 1 ? "1 secret" : `${formatNumber(secrets.length)} secrets`}
      {newest.ending && (
        <>
          , {secrets.length > 1 && "the newest "}ends <span className="mono">…{newest.ending}</span>
        </>
      )}
    </>
  );
}

function total({ count, atLeast }: Total): string {
  return `${formatNumber(count)}${atLeast ? "+" : ""}`;
}
