import { Ellipsis, KeyRound, type LucideIcon, RotateCcw, Settings2, Trash2 } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ICON_14, ICON_16 } from "@/components/ui/icon-size";

type Item = { href: string; label: string; icon: LucideIcon; danger?: boolean };

type EndpointMenuProps = {
  href: string;
  /** What was never sent to it, as a bulk job to look at; null where nothing may be sent. */
  recoverHref: string | null;
  may: { configure: boolean; secrets: boolean };
};

/** Under its button; where the browser cannot place it there, near it. */
const PLACE =
  "top-24 right-(--gutter) supports-[position-area:bottom]:inset-auto supports-[position-area:bottom]:m-0 supports-[position-area:bottom]:mt-1 supports-[position-area:bottom]:justify-self-end supports-[position-area:bottom]:[position-area:bottom_span-left] supports-[position-area:bottom]:[position-try-fallbacks:flip-inline]";
const ITEM = "flex h-8 items-center gap-2 rounded-badge px-2 text-sm hover:bg-hover touch:h-11";

/** What is done to an endpoint less often. Links in a popover: it works without scripts. */
export function EndpointMenu({ href, recoverHref, may }: EndpointMenuProps) {
  const items: (Item | false)[] = [
    recoverHref !== null && { href: recoverHref, label: "Send what it never got…", icon: RotateCcw },
    may.secrets && { href: `${href}?dialog=rotate`, label: "Rotate secret…", icon: KeyRound },
    may.configure && { href: `${href}/edit`, label: "Edit settings", icon: Settings2 },
    may.configure && { href: `${href}?dialog=delete`, label: "Delete…", icon: Trash2, danger: true },
  ];
  return (
    <>
      <button
        type="button"
        popoverTarget="endpoint-menu"
        aria-label="More actions"
        title="More actions"
        className={buttonClass({ icon: true })}
      >
        <Ellipsis {...ICON_16} />
      </button>
      <div id="endpoint-menu" popover="auto" className={cn("popover w-56", PLACE)}>
        <ul>
          {items.map(
            (item) =>
              item && (
                <li key={item.href} className={cn(item.danger && "mt-1 border-t pt-1")}>
                  <Link
                    href={item.href}
                    scroll={false}
                    prefetch={false}
                    className={cn(ITEM, item.danger ? "text-bad" : "[&>svg]:text-fg-3")}
                  >
                    <item.icon {...ICON_14} />
                    {item.label}
                  </Link>
                </li>
              ),
          )}
        </ul>
      </div>
    </>
  );
}
