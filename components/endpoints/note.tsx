import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { ICON_16 } from "@/components/ui/icon-size";

type NoteProps = {
  icon: LucideIcon;
  /** Of the icon. */
  colour: string;
  role?: "status";
  children: ReactNode;
  /** What can be done about it. */
  action?: ReactNode;
};

/** A sentence about an endpoint, above everything else on its page. */
export function Note({ icon: Icon, colour, role, children, action }: NoteProps) {
  return (
    <div
      role={role}
      className="mt-2 flex min-h-11 flex-wrap items-center gap-2.5 rounded-card border border-border-strong py-1.5 pr-2 pl-3.5 text-sm max-md:flex-nowrap max-md:items-start"
    >
      <Icon {...ICON_16} className={`shrink-0 max-md:mt-0.5 ${colour}`} />
      <span className="flex min-w-0 flex-1 basis-64 flex-wrap items-center gap-x-2.5 gap-y-2">
        <span className="min-w-0 flex-1 basis-64">{children}</span>
        {action}
      </span>
    </div>
  );
}
