import { formatNumber } from "@/components/ui/format";
import type { Difference, Differences } from "@/lib/schemas/differences.ts";

const SIGNS = { added: "+", removed: "−", changed: "~" } as const;
const WORDS = { added: "added", removed: "removed", changed: "changed" } as const;

/** Places where two JSON texts differ: what stood there struck, what stands there marked. */
export function DifferenceList({ title, differences }: { title: string; differences: Differences }) {
  const { list, more } = differences;
  if (list.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 font-medium text-fg-2 text-xs">{title}</h3>
      <ul className="mono divide-y rounded-control border bg-surface [overflow-wrap:anywhere]">
        {list.map((difference) => (
          <Line key={`${difference.kind} ${difference.path}`} {...difference} />
        ))}
      </ul>
      {more > 0 && <p className="mt-1 text-fg-3 text-xs">and {formatNumber(more)} more</p>}
    </div>
  );
}

function Line({ kind, path, before, after }: Difference) {
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)] px-2.5 py-1">
      <span aria-hidden className="text-fg-3">
        {SIGNS[kind]}
      </span>
      <span>
        <span className="sr-only">{WORDS[kind]}: </span>
        <span className="text-code-key">{path || "the whole"}</span>{" "}
        {before !== null && <del className="bg-bad-tint px-0.5 text-bad">{before}</del>}
        {before !== null && after !== null && <span aria-hidden> → </span>}
        {after !== null && <ins className="bg-ok-tint px-0.5 text-ok no-underline">{after}</ins>}
      </span>
    </li>
  );
}
