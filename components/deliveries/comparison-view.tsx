import { clsx } from "clsx";
import { Fragment, type ReactNode } from "react";
import type { Difference, DiffLine } from "@/lib/back-test/difference.ts";
import type { Compared, Comparison, Pair } from "./comparison";

type ComparisonViewProps = {
  comparison: Comparison;
  /** What the two columns are called. */
  left: string;
  right: string;
};

/** What differs first; what is the same is folded away. */
export function ComparisonView({ comparison, left, right }: ComparisonViewProps) {
  const { facts, requestHeaders, responseHeaders, requestBody, responseBody } = comparison;
  const heads = { left, right };
  const parts = [
    {
      differs: facts.different.length > 0,
      part: <PairTable label="Outcome and timing" {...facts} {...heads} none="Outcome and timing are the same." />,
    },
    {
      differs: bodyDiffers(responseBody),
      part: <BodyDifference label="Response body" difference={responseBody} {...heads} />,
    },
    {
      differs: responseHeaders.different.length > 0,
      part: <PairTable label="Response headers" {...responseHeaders} {...heads} none="No response header differs." />,
    },
    {
      differs: bodyDiffers(requestBody),
      part: <BodyDifference label="Request body" difference={requestBody} {...heads} />,
    },
    {
      differs: requestHeaders.different.length > 0,
      part: <PairTable label="Request headers" {...requestHeaders} {...heads} none="No request header differs." />,
    },
  ];
  return parts
    .toSorted((one, other) => Number(other.differs) - Number(one.differs))
    .map(({ part }) => <Fragment key={part.props.label}>{part}</Fragment>);
}

export function bodyDiffers(difference: Difference | null): boolean {
  return difference !== null && (difference.lines.length > 0 || difference.cut);
}

type Heads = { left: string; right: string };
type PairTableProps = Compared & Heads & { label: string; none: string; expected?: Pair[] };

/** Names with two values each: those that differ, and folded away those that do not. */
export function PairTable({ label, different, same, expected = [], left, right, none }: PairTableProps) {
  return (
    <Frame label={label} count={different.length === 0 ? "the same" : `${different.length} different`}>
      {different.length === 0 ? (
        <p className="px-3 py-1.5 text-fg-3 text-sm">{none}</p>
      ) : (
        <Pairs label={label} pairs={different} left={left} right={right} marked />
      )}
      <Folded words={`${expected.length} that differ on every call`} pairs={expected} left={left} right={right} />
      <Folded words={`${same.length} the same`} pairs={same} left={left} right={right} />
    </Frame>
  );
}

function Frame({ label, count, children }: { label: string; count: string; children: ReactNode }) {
  return (
    <section aria-label={label} className="overflow-hidden rounded-card border bg-surface">
      <h3 className="flex h-9 items-center gap-2 px-3 not-last:border-b text-fg-2 text-xs">
        <span className="font-medium text-fg">{label}</span>
        <span className="font-normal">{count}</span>
      </h3>
      {children}
    </section>
  );
}

function Folded({ words, pairs, left, right }: Heads & { words: string; pairs: Pair[] }) {
  if (pairs.length === 0) return null;
  return (
    <details className="border-t">
      <summary className="focus-inset px-3 py-1.5 text-fg-2 text-xs hover:bg-hover">{words}</summary>
      <Pairs label={words} pairs={pairs} left={left} right={right} />
    </details>
  );
}

function Pairs({ label, pairs, left, right, marked }: Heads & { label: string; pairs: Pair[]; marked?: boolean }) {
  return (
    <table aria-label={label} className={clsx("w-full table-fixed text-sm max-md:block", marked && "bg-bg")}>
      <thead className="text-fg-3 text-xs max-md:sr-only">
        <tr>
          <th className="w-40 px-3 py-1 text-left font-normal">
            <span className="sr-only">What</span>
          </th>
          <th className="px-3 py-1 text-left font-normal">{left}</th>
          <th className="px-3 py-1 text-left font-normal">{right}</th>
        </tr>
      </thead>
      <tbody className="max-md:block">
        {pairs.map((pair) => (
          <tr key={pair.name} className="max-md:block max-md:border-t max-md:py-1">
            <th scope="row" className="px-3 py-1 text-left align-top font-normal text-fg-2 max-md:block">
              {pair.name}
            </th>
            <Value value={pair.left} side={left} marked={marked} />
            <Value value={pair.right} side={right} marked={marked} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type ValueProps = { value: string | null; side: string; marked?: boolean };

function Value({ value, side, marked }: ValueProps) {
  return (
    <td
      className={clsx(
        "mono px-3 py-1 align-top [overflow-wrap:anywhere] max-md:block",
        marked ? "font-medium" : "text-fg-2",
      )}
    >
      <span className="mr-2 text-fg-3 text-xs md:hidden">{side}</span>
      {value ?? "–"}
    </td>
  );
}

const TINTS: Record<DiffLine["sign"], string> = {
  "+": "bg-ok-tint text-ok",
  "-": "bg-bad-tint text-bad",
  " ": "text-fg-2",
};

type BodyDifferenceProps = Heads & { label: string; difference: Difference | null };

/** Two bodies line by line. */
export function BodyDifference({ label, difference, left, right }: BodyDifferenceProps) {
  if (!difference) return null;
  const { lines, cut } = difference;
  return (
    <Frame label={label} count={!bodyDiffers(difference) ? "the same" : `− ${left}   + ${right}`}>
      {lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex lint/a11y/useSemanticElements: a box that scrolls must be reachable by keyboard
        <div role="group" aria-label={`${label}, line by line`} tabIndex={0} className="focus-inset overflow-x-auto">
          <pre className="mono w-fit min-w-full py-1">
            {lines.map(({ sign, text }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
              <span key={at} className={clsx("block px-3", TINTS[sign])}>
                {sign} {text}
              </span>
            ))}
          </pre>
        </div>
      )}
      {cut && (
        <p className="px-3 py-1.5 text-fg-3 text-xs">
          {lines.length > 0 ? "More differs than is shown." : "Too much differs to be shown line by line."}
        </p>
      )}
    </Frame>
  );
}
