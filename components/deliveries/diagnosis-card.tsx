import type { ReactNode } from "react";

type DiagnosisCardProps = {
  why: ReactNode;
  /** Facts, each a line; a guess says "probably". */
  evidence: { key: string; line: ReactNode }[];
  next: ReactNode;
  actions?: ReactNode;
};

/** Why, Evidence, Next: the sentence, what it rests on, and what to do. */
export function DiagnosisCard({ why, evidence, next, actions }: DiagnosisCardProps) {
  return (
    <section aria-label="Diagnosis" className="mt-3 rounded-card border border-border-strong bg-bg">
      <dl className="grid gap-y-2 px-4 py-3 max-md:gap-y-0.5 max-md:px-3.5 md:grid-cols-[72px_minmax(0,1fr)] [&>dt]:text-fg-3 [&>dt]:text-sm max-md:[&>dt:not(:first-child)]:mt-1.5">
        <dt>Why</dt>
        <dd className="font-semibold [overflow-wrap:anywhere]">{why}</dd>
        {evidence.length > 0 && (
          <>
            <dt>Evidence</dt>
            <dd className="text-fg-2 text-sm">
              <ul>
                {evidence.map(({ key, line }) => (
                  <li
                    key={key}
                    className="relative pl-3.5 before:absolute before:top-2.25 before:left-0.5 before:h-px before:w-1 before:bg-fg-3"
                  >
                    {line}
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
        <dt>Next</dt>
        <dd>{next}</dd>
      </dl>
      {actions && (
        <div
          data-print="hide"
          className="flex flex-wrap gap-2 border-t px-4 py-2 max-md:grid max-md:grid-cols-2 max-md:px-3.5 max-md:py-3 max-md:[&>:first-child:nth-last-child(odd)]:col-span-full"
        >
          {actions}
        </div>
      )}
    </section>
  );
}
