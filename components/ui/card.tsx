import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

/** A bordered box. Its padding is the content's business. */
export function Card({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("rounded-card border bg-bg", className)} {...props} />;
}

type SectionProps = { title: string; id?: string; actions?: ReactNode; children: ReactNode; className?: string };

/** A part of a page under its own heading. */
export function Section({ title, id, actions, children, className }: SectionProps) {
  const headingId = id ?? `section-${title.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
  return (
    <section className={cn("mt-8", className)} aria-labelledby={headingId}>
      <div className="mb-2 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id={headingId} className="text-lg">
          {title}
        </h2>
        {actions && <div className="ml-auto flex items-center gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
