import { Braces, Gauge, Globe, Inbox, Layers, Send, Settings2, SquareTerminal, Zap } from "lucide-react";
import type { ReactNode } from "react";
import { ICON_16 } from "@/components/ui/icon-size";
import { NavLink } from "./nav-link";
import { keysTo } from "./sections";

const GROUPS = [
  [
    { path: "overview", label: "Overview", icon: Gauge },
    { path: "deliveries", label: "Deliveries", icon: Send },
    { path: "events", label: "Events", icon: Zap },
  ],
  [
    { path: "endpoints", label: "Endpoints", icon: Globe },
    { path: "event-types", label: "Event types", icon: Braces },
    { path: "sources", label: "Sources", icon: Inbox },
  ],
  [
    { path: "playground", label: "Playground", icon: SquareTerminal },
    { path: "jobs", label: "Bulk jobs", icon: Layers },
  ],
  [{ path: "settings", label: "Settings", icon: Settings2 }],
];

type SidebarProps = { slug: string; switcher: ReactNode; foot: ReactNode };

/** 232 px wide, icons only below 1 280 px, a sheet on phones. The sheet is a popover: it opens without any script. */
export function Sidebar({ slug, switcher, foot }: SidebarProps) {
  return (
    <aside
      id="sidebar"
      popover="auto"
      aria-label="Workspace"
      data-print="hide"
      className="inset-auto top-0 left-0 z-10 m-0 h-dvh flex-col border-r bg-surface px-2 pb-2 text-fg open:flex max-md:w-70 max-md:shadow-float md:sticky md:flex md:w-auto md:overflow-visible max-md:backdrop:bg-scrim"
    >
      {switcher}
      <nav aria-label="Main" className="grid gap-3">
        {GROUPS.map((group) => (
          <ul key={group[0]?.path} className="grid gap-px">
            {group.map(({ path, label, icon: Icon }) => (
              <li key={path}>
                <NavLink href={`/w/${slug}/${path}`} label={label} keys={keysTo(path)}>
                  <Icon {...ICON_16} />
                </NavLink>
              </li>
            ))}
          </ul>
        ))}
      </nav>
      <div className="mt-auto grid gap-px">{foot}</div>
    </aside>
  );
}
