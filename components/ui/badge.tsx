import { cva, type VariantProps } from "class-variance-authority";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { ICON_12 } from "./icon-size";

const badgeClass = cva(
  "inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-badge border pr-1.5 pl-1.25 align-middle font-medium text-xs",
  {
    variants: {
      tone: {
        ok: "border-ok-line bg-ok-tint text-ok",
        bad: "border-bad-line bg-bad-tint text-bad",
        warn: "border-warn-line bg-warn-tint text-warn",
        info: "border-info-line bg-info-tint text-info",
        idle: "border-idle-line bg-idle-tint text-idle",
        /** Success in a list: an icon and grey text, so that exceptions stand out. */
        plain: "border-transparent bg-transparent text-fg-2 max-md:pl-0",
      },
    },
    defaultVariants: { tone: "idle" },
  },
);

export type Tone = NonNullable<VariantProps<typeof badgeClass>["tone"]>;
type BadgeProps = { tone?: Tone; icon?: LucideIcon; children: ReactNode; className?: string; title?: string };

export function Badge({ tone, icon: Icon, children, className, title }: BadgeProps) {
  return (
    <span className={cn(badgeClass({ tone }), className)} title={title}>
      {Icon && <Icon {...ICON_12} />}
      {children}
    </span>
  );
}

/** A neutral word in a list: an event type an endpoint wants, a scope of a key. */
export function Tag({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <span
      className={cn(
        "inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-badge bg-muted px-1.5 text-fg-2 text-xs",
        className,
      )}
    >
      {children}
    </span>
  );
}
