import { Check, ChevronsUpDown } from "lucide-react";
import { ICON_14 } from "@/components/ui/icon-size";
import { Mark } from "@/components/ui/mark";
import { SectionLink } from "./section-link";

type Choice = { slug: string; name: string; environment: "test" | "live" };

/** The workspace's name, and the others behind it. With only one it is a heading, not a button. */
export function WorkspaceSwitcher({ current, workspaces }: { current: Choice; workspaces: Choice[] }) {
  return (
    <>
      <button
        type="button"
        popoverTarget="workspaces"
        title={current.name}
        className="my-2 flex h-8 w-full items-center gap-2.5 rounded-control px-2 text-left font-semibold text-sm hover:bg-hover touch:h-11 rail:justify-center"
      >
        <Mark />
        <span className="truncate rail:sr-only">
          {current.name}
          <span className="sr-only">, change workspace</span>
        </span>
        <ChevronsUpDown {...ICON_14} className="ml-auto text-fg-3 rail:hidden" />
      </button>
      <div id="workspaces" popover="auto" className="popover top-12 left-2 w-60">
        <p className="px-2 py-1.5 text-fg-3 text-xs">Workspaces</p>
        <ul aria-label="Workspaces">
          {workspaces.map(({ slug, name, environment }) => (
            <li key={slug}>
              <SectionLink
                workspace={slug}
                aria-current={slug === current.slug ? "true" : undefined}
                className="flex h-8 items-center gap-2 rounded-badge px-2 text-sm hover:bg-hover touch:h-11 current:font-medium"
              >
                <span className="truncate">{name}</span>
                <span className="font-normal text-fg-3 text-xs">{environment === "live" ? "live" : "test"}</span>
                {slug === current.slug && <Check {...ICON_14} className="ml-auto" />}
              </SectionLink>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
