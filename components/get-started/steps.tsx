import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { ICON_12 } from "@/components/ui/icon-size";

type StepProps = {
  number: number;
  title: string;
  done: boolean;
  /** The one to do next. */
  current: boolean;
  /** Beside the title. */
  note?: ReactNode;
  /** On the right. */
  result?: ReactNode;
  children?: ReactNode;
};

/** One of the numbered things to do, ticked when the data says it is done. */
export function Step({ number, title, done, current, note, result, children }: StepProps) {
  return (
    <li className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-3 border-b px-4 py-3.5 last:border-b-0" data-step={number}>
      <span
        className={cn(
          "grid size-5 place-items-center rounded-full border font-medium text-xs",
          done
            ? "border-fg-2 bg-fg-2 text-bg"
            : current
              ? "border-accent-fg text-accent-fg"
              : "border-control text-fg-2",
        )}
      >
        {done ? <Check {...ICON_12} /> : number}
        {done && <span className="sr-only">Done</span>}
      </span>
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="text-base">{title}</h3>
        {note && <span className="min-w-0 truncate text-fg-3 text-xs">{note}</span>}
        {result && <span className="ml-auto text-fg-3 text-xs max-sm:ml-0">{result}</span>}
      </div>
      {children && <div className="col-start-2 mt-2 min-w-0">{children}</div>}
    </li>
  );
}
