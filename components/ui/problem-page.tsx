import type { ReactNode } from "react";
import { Page } from "./page";

type ProblemPageProps = {
  title: string;
  children: ReactNode;
  actions?: ReactNode /** For the log. */;
  reference?: string;
};

/** Something stands in the way of this page: what, why if known, and what to do next. */
export function ProblemPage({ title, children, actions, reference }: ProblemPageProps) {
  return (
    <Page width="form" className="pt-10">
      <h1 className="text-xl">{title}</h1>
      <div className="mt-2 grid gap-2 text-fg-2">{children}</div>
      {actions && <div className="mt-5 flex flex-wrap gap-2">{actions}</div>}
      {reference && (
        <p className="mt-6 text-fg-3 text-xs">
          Reference <span className="mono">{reference}</span>
        </p>
      )}
    </Page>
  );
}
