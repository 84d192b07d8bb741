import type { ReactNode } from "react";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";
import { formatNumber } from "./format";

type HeaderTableProps = {
  headers: readonly (readonly [name: string, value: string])[];
  /** `Response headers` */
  label: string;
  actions?: ReactNode;
  className?: string;
};

/** HTTP headers as a table: names in lower case, values as they were, masked ones said to be masked. */
export function HeaderTable({ headers, label, actions, className }: HeaderTableProps) {
  const text = headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`).join("\n");
  return (
    <div className={cn("overflow-hidden rounded-card border bg-surface", className)}>
      <div className="flex h-9 items-center gap-2 border-b pr-1 pl-3 text-fg-2 text-xs touch:h-12">
        <span className="font-medium text-fg">{label}</span>
        <span className="tabular-nums">{formatNumber(headers.length)}</span>
        <span className="ml-auto flex">
          {actions}
          <CopyButton text={text} label={`Copy ${label.toLowerCase()}`}>
            Copy
          </CopyButton>
        </span>
      </div>
      <table aria-label={label} className="w-full table-fixed [&_tr:last-child>*]:border-b-0">
        <tbody>
          {headers.map(([name, value], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a header may come twice, and the list never changes
            <tr key={index}>
              <th
                scope="row"
                className="mono w-55 border-b px-3 py-1 text-left align-top font-normal text-fg-2 max-md:w-32 max-md:px-2 max-md:[overflow-wrap:anywhere]"
              >
                {name.toLowerCase()}
              </th>
              <td className="mono border-b px-3 py-1 align-top [overflow-wrap:anywhere] max-md:px-2">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
