import type { ReactNode } from "react";

/** A line of facts about one thing, each under its name. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="mt-4 flex flex-wrap overflow-hidden border-y max-sm:grid max-sm:grid-cols-2">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="-ml-px min-w-0 border-l py-2 pr-5 pl-5 first:ml-0 first:border-l-0 first:pl-0 max-sm:ml-0 max-sm:border-l-0 max-sm:pl-0">
      <dt className="text-fg-3 text-xs">{name}</dt>
      <dd className="text-sm [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
