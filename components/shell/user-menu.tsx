import { LogOut, Settings2, Shield } from "lucide-react";
import Link from "next/link";
import { ICON_14 } from "@/components/ui/icon-size";
import { type ConsoleChoices, THEMES } from "@/lib/accounts/console-choices.ts";
import { setChoices } from "@/lib/web/preference-actions.ts";
import { KeySheetButton } from "./key-sheet-button";
import { SEGMENT } from "./segment";
import { SIDE_ITEM } from "./side-item";
import { ZoneChoice } from "./zone-choice";

type UserMenuProps = {
  user: { name: string; email: string };
  theme: ConsoleChoices["theme"];
  zone: string;
  /** The person's own pages: `…/settings`. */
  settings: string;
  signOut: () => Promise<void>;
};

const ITEM =
  "flex h-8 w-full items-center gap-2 rounded-badge px-2 text-left text-sm hover:bg-hover touch:h-11 [&>svg]:text-fg-3";

/** The person: theme, time zone, security, sign out. Plain forms in a popover, so it works without scripts. */
export function UserMenu({ user, theme, zone, settings, signOut }: UserMenuProps) {
  return (
    <>
      <button type="button" popoverTarget="user-menu" className={SIDE_ITEM}>
        <span
          aria-hidden="true"
          className="-mx-0.5 size-5 shrink-0 rounded-full bg-muted text-center font-semibold text-xs/5 shadow-[inset_0_0_0_1px_var(--color-border-strong)]"
        >
          {user.name.charAt(0).toUpperCase()}
        </span>
        <span className="truncate rail:sr-only">
          {user.name}
          <span className="sr-only">, your settings</span>
        </span>
      </button>
      <div id="user-menu" popover="auto" className="popover bottom-12 left-2 w-64">
        <p className="border-b px-2 pt-1 pb-2">
          <span className="block truncate font-medium text-sm">{user.name}</span>
          <span className="block truncate text-fg-3 text-xs">{user.email}</span>
        </p>
        <form action={setChoices} className="px-2 pt-2">
          <fieldset className="flex flex-wrap">
            <legend className="pb-1 text-fg-3 text-xs">Theme</legend>
            {THEMES.map((choice) => (
              <button
                key={choice}
                name="theme"
                value={choice}
                type="submit"
                aria-pressed={choice === theme}
                className={SEGMENT}
              >
                {choice.charAt(0).toUpperCase() + choice.slice(1)}
              </button>
            ))}
          </fieldset>
        </form>
        <ZoneChoice zone={zone} />
        <div className="border-t pt-1">
          <KeySheetButton className={ITEM} />
          <Link href={`${settings}/preferences`} className={ITEM}>
            <Settings2 {...ICON_14} />
            Preferences
          </Link>
          <Link href={`${settings}/security`} className={ITEM}>
            <Shield {...ICON_14} />
            Security
          </Link>
          <form action={signOut}>
            <button type="submit" className={ITEM}>
              <LogOut {...ICON_14} />
              Sign out
            </button>
          </form>
        </div>
      </div>
    </>
  );
}
