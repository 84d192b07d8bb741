import { Menu } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { LiveChip } from "@/components/live/live-chip";
import { buttonClass } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ICON_16 } from "@/components/ui/icon-size";
import { Breadcrumb } from "./breadcrumb";
import { EnvironmentBadge } from "./environment-badge";
import { SearchBox } from "./search-box";

type TopbarProps = {
  slug: string;
  environment: "test" | "live";
  /** How far bulk jobs are. */
  progress: ReactNode;
  search: ComponentProps<typeof SearchBox>;
  /** What live updates have told when the page was rendered. */
  liveMark: string;
};

export function Topbar({ slug, environment, progress, search, liveMark }: TopbarProps) {
  return (
    <header
      data-print="hide"
      className="sticky top-0 z-4 flex h-12 items-center gap-3 border-b bg-bg pr-3 pl-(--gutter) max-md:gap-2 max-md:pl-1"
    >
      <button
        type="button"
        popoverTarget="sidebar"
        aria-label="Open navigation"
        className={cn(buttonClass({ variant: "quiet", icon: true }), "md:hidden")}
      >
        <Menu {...ICON_16} />
      </button>
      <Breadcrumb />
      <EnvironmentBadge environment={environment} />
      <div className="ml-auto flex items-center gap-1">
        {progress}
        <SearchBox {...search} />
        <LiveChip slug={slug} mark={liveMark} />
      </div>
    </header>
  );
}
