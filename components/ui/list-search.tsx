import { Search } from "lucide-react";
import { AutoSubmit } from "./auto-submit";
import { Button } from "./button";
import { ICON_16 } from "./icon-size";

type ListSearchProps = {
  action: string;
  search: string | undefined;
  label: string;
  toggle?: { name: string; label: string; on: boolean };
};

/** The search of a list: a form that changes the address, so that what is shown can be shared and reloaded. */
export function ListSearch({ action, search, label, toggle }: ListSearchProps) {
  return (
    <AutoSubmit action={action} className="flex flex-wrap items-center gap-x-4 gap-y-2 pb-3">
      <div className="relative w-full max-w-100">
        <Search {...ICON_16} className="absolute top-2 left-2.5 text-fg-3 touch:top-3.5" />
        <input
          type="search"
          name="q"
          defaultValue={search}
          aria-label={label}
          placeholder={label}
          className="h-8 w-full rounded-control border border-control bg-bg pr-2.5 pl-8 text-sm placeholder:text-fg-3 placeholder:opacity-100 touch:h-11 touch:text-[16px]"
        />
      </div>
      {toggle && (
        <label className="flex min-h-8 cursor-pointer items-center gap-2 text-sm touch:min-h-11">
          <input
            type="checkbox"
            name={toggle.name}
            value="1"
            defaultChecked={toggle.on}
            className="size-4 accent-accent"
          />
          {toggle.label}
        </label>
      )}
      <span className="hidden noscript:inline">
        <Button type="submit">Search</Button>
      </span>
    </AutoSubmit>
  );
}
