import type { ReactNode } from "react";

/** A line of facts under the title, parted by hairlines; two columns on phones. */
export function FactStrip({ facts }: { facts: { name: string; value: ReactNode }[] }) {
  return (
    <dl className="mt-4 flex flex-wrap overflow-clip [overflow-clip-margin:4px] border-y max-lg:grid max-lg:grid-cols-3 max-lg:py-1 max-md:grid-cols-2">
      {facts.map(({ name, value }) => (
        <div
          key={name}
          className="min-w-0 py-2 pr-5 max-lg:py-1.5 max-md:first:col-span-full lg:mr-5 lg:border-r lg:last:mr-0 lg:last:border-r-0"
        >
          <dt className="text-fg-3 text-xs">{name}</dt>
          <dd className="overflow-clip text-ellipsis whitespace-nowrap text-sm tabular-nums [overflow-clip-margin:4px] max-lg:whitespace-normal max-lg:[overflow-wrap:anywhere]">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
