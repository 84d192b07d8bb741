import { ArrowDown, ArrowUp, Check, SlidersHorizontal } from "lucide-react";
import { areDefault, COLUMNS, type Column, columnChoices, isKept } from "@/components/deliveries/columns";
import { buttonClass } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ActionForm } from "@/components/ui/form";
import { ICON_14, ICON_16 } from "@/components/ui/icon-size";
import type { ConsoleChoices } from "@/lib/accounts/console-choices.ts";
import { setChoices } from "@/lib/web/preference-actions.ts";
import { MENU_PLACE } from "./menu-place";
import { changeColumnsAction } from "./view-actions";

const MENU = "columns-menu";
const ROW = "flex min-h-8 items-center gap-0.5 rounded-control pr-1 hover:bg-hover";
const PRESS = "focus-inset flex min-h-8 min-w-0 flex-1 items-center gap-2 rounded-control px-2 text-left text-sm";

type ColumnsMenuProps = {
  columns: readonly Column[];
  density: ConsoleChoices["density"];
  /** The list without the columns its address names; null when it names none. */
  back: string | null;
};

/** Which columns the list shows, in which order, and how high its rows are; every change is one press of a button. */
export function ColumnsMenu({ columns, density, back }: ColumnsMenuProps) {
  return (
    <>
      <button
        type="button"
        popoverTarget={MENU}
        aria-label="Columns and density"
        title="Columns and density"
        className={cn(buttonClass({ variant: "quiet", size: "sm", icon: true }), "max-md:hidden")}
      >
        <SlidersHorizontal {...ICON_16} />
      </button>
      <div id={MENU} popover="auto" className={`${MENU_PLACE} w-64`}>
        <ActionForm action={changeColumnsAction} feedback="toast">
          <input type="hidden" name="shown" value={columns.join()} />
          {back && <input type="hidden" name="back" value={back} />}
          <h2 className="px-2 pt-1.5 pb-1 font-medium text-fg-2 text-xs">Columns</h2>
          <ul>
            {columnChoices(columns).map(({ column, shown }) => (
              <Choice key={column} column={column} shown={shown} place={columns.indexOf(column)} of={columns.length} />
            ))}
          </ul>
          {!areDefault(columns) && (
            <button
              type="submit"
              name="change"
              value="reset"
              className={cn(PRESS, "w-full pl-8 text-fg-2 hover:bg-hover")}
            >
              Back to the first order
            </button>
          )}
        </ActionForm>
        <form action={setChoices} className="mt-1 border-t pt-1">
          <h2 className="px-2 pt-1.5 pb-1 font-medium text-fg-2 text-xs">Rows</h2>
          {(["comfortable", "compact"] as const).map((name) => (
            <button
              key={name}
              type="submit"
              name="density"
              value={name}
              aria-pressed={density === name}
              className={cn(PRESS, "w-full hover:bg-hover")}
            >
              <Tick on={density === name} />
              {name === "compact" ? "Compact" : "Comfortable"}
            </button>
          ))}
        </form>
      </div>
    </>
  );
}

function Choice({ column, shown, place, of }: { column: Column; shown: boolean; place: number; of: number }) {
  const name = COLUMNS[column];
  return (
    <li className={ROW}>
      {isKept(column) ? (
        <span className={cn(PRESS, "text-fg-2")}>
          <Tick on /> {name}
        </span>
      ) : (
        <button
          type="submit"
          name="change"
          value={`${column}:${shown ? "hidden" : "shown"}`}
          aria-pressed={shown}
          className={PRESS}
        >
          <Tick on={shown} /> {name}
        </button>
      )}
      {shown && place > 1 && (
        <Move column={column} to="earlier" label={`Move ${name} to the left`}>
          <ArrowUp {...ICON_14} />
        </Move>
      )}
      {shown && place > 0 && place < of - 1 && (
        <Move column={column} to="later" label={`Move ${name} to the right`}>
          <ArrowDown {...ICON_14} />
        </Move>
      )}
    </li>
  );
}

type MoveProps = { column: Column; to: "earlier" | "later"; label: string; children: React.ReactNode };

function Move({ column, to, label, children }: MoveProps) {
  return (
    <button
      type="submit"
      name="change"
      value={`${column}:${to}`}
      aria-label={label}
      title={label}
      className="focus-inset grid size-6 place-items-center rounded-badge text-fg-3 hover:bg-muted hover:text-fg"
    >
      {children}
    </button>
  );
}

function Tick({ on }: { on: boolean }) {
  return <Check {...ICON_14} className={cn("text-fg-2", !on && "invisible")} />;
}
