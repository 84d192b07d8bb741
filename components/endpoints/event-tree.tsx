"use client";

import { clsx } from "clsx";
import { ChevronDown, ChevronRight, Search } from "lucide-react";
import { useState } from "react";
import { useFormContext } from "@/components/ui/form";
import { formatNumber } from "@/components/ui/format";
import { ICON_14, ICON_16 } from "@/components/ui/icon-size";
import { groupSummary, subscriptionTree, type TreeGroup, type TreeType } from "@/lib/endpoints/subscription-tree.ts";
import { TreeCheckbox } from "./tree-checkbox";

/** With more types than this, groups nobody chose from start folded. */
const UNFOLDED_TYPES = 24;

type EventTreeProps = { types: TreeType[]; subscriptions: string[] };

/** Event types by prefix; a group's own box means these and future ones. Plain checkboxes without JavaScript. */
export function EventTree({ types, subscriptions }: EventTreeProps) {
  const { state, version } = useFormContext();
  const sentBack = "values" in state ? state.values.subscriptions : undefined;
  const [chosen, setChosen] = useState<string[]>(sentBack === undefined ? subscriptions : [sentBack].flat());
  const [search, setSearch] = useState("");
  const groups = subscriptionTree(types, chosen);
  const toggle = (name: string) =>
    setChosen((before) => (before.includes(name) ? before.filter((other) => other !== name) : [...before, name]));

  return (
    // After an answer React resets the boxes to their first state: new ones take the present one.
    <div key={version} className="overflow-hidden rounded-card border">
      <SearchBox search={search} setSearch={setSearch} />
      <ul className="max-h-120 overflow-y-auto">
        {groups.map((group) => (
          <Group
            key={group.pattern ?? group.types[0]?.name}
            group={group}
            search={search.trim().toLowerCase()}
            toggle={toggle}
            unfolded={types.length <= UNFOLDED_TYPES}
          />
        ))}
      </ul>
    </div>
  );
}

function SearchBox({ search, setSearch }: { search: string; setSearch: (text: string) => void }) {
  return (
    <div className="relative border-b noscript:hidden">
      <Search {...ICON_16} className="absolute top-2.5 left-3 text-fg-3 touch:top-3.5" />
      <input
        type="search"
        aria-label="Find event types"
        placeholder="Find event types"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && !event.metaKey && !event.ctrlKey && event.preventDefault()}
        className="h-9 w-full bg-bg pr-3 pl-9 text-sm placeholder:text-fg-3 placeholder:opacity-100 focus-inset touch:h-11 touch:text-[16px]"
      />
    </div>
  );
}

type GroupProps = { group: TreeGroup; search: string; toggle: (name: string) => void; unfolded: boolean };

function Group({ group, search, toggle, unfolded }: GroupProps) {
  const wanted = group.types.filter((type) => type.chosen || type.covered).length;
  const [open, setOpen] = useState(unfolded || (wanted > 0 && !group.chosen));
  const matches = group.types.filter(({ name }) => name.toLowerCase().includes(search));
  const hidden = search !== "" && matches.length === 0 && !group.pattern?.toLowerCase().includes(search);
  if (!group.pattern) {
    return (
      <li className={clsx("border-b last:border-b-0", hidden && "hidden")}>
        <Leaves group={group} search={search} toggle={toggle} indent="pl-9" />
      </li>
    );
  }
  const shown = open || search !== "";
  const Chevron = shown ? ChevronDown : ChevronRight;
  return (
    <li className={clsx("relative border-b last:border-b-0", hidden && "hidden")}>
      <button
        type="button"
        aria-expanded={shown}
        aria-label={`${group.pattern.slice(0, -2)} events`}
        onClick={() => setOpen(!open)}
        className="absolute top-1 left-1.5 grid size-6 place-items-center rounded-badge text-fg-3 hover:bg-hover touch:top-2.5 noscript:hidden"
      >
        <Chevron {...ICON_14} />
      </button>
      <Row
        name={group.pattern}
        note={groupSummary(group)}
        rate={`${formatNumber(group.perDay)} a day`}
        checked={group.chosen}
        mixed={!group.chosen && wanted > 0}
        toggle={toggle}
        strong
        indent="pl-9"
      />
      <div className={clsx(!shown && "hidden", "noscript:block")}>
        <Leaves group={group} search={search} toggle={toggle} indent="pl-15.5" />
      </div>
    </li>
  );
}

type LeavesProps = { group: TreeGroup; search: string; toggle: (name: string) => void; indent: string };

function Leaves({ group, search, toggle, indent }: LeavesProps) {
  return (
    <ul>
      {group.types.map(({ name, chosen, covered, perDay }) => (
        <li key={name} className={clsx(!name.toLowerCase().includes(search) && "hidden")}>
          <Row
            name={name}
            rate={formatNumber(perDay)}
            checked={chosen}
            covered={covered}
            toggle={toggle}
            indent={indent}
          />
        </li>
      ))}
    </ul>
  );
}

type RowProps = {
  name: string;
  note?: string;
  rate: string;
  checked: boolean;
  mixed?: boolean;
  covered?: boolean;
  strong?: boolean;
  indent: string;
  toggle: (name: string) => void;
};

function Row({ name, note, rate, checked, mixed, covered, strong, indent, toggle }: RowProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is inside TreeCheckbox
    <label
      className={clsx(
        "grid min-h-8 cursor-pointer grid-cols-[16px_minmax(0,auto)_minmax(0,1fr)_auto] items-center gap-2.5 pr-3 text-sm hover:bg-hover touch:min-h-11",
        indent,
      )}
    >
      {covered ? (
        <TreeCheckbox key="covered" checked disabled readOnly />
      ) : (
        <TreeCheckbox
          key="own"
          name="subscriptions"
          value={name}
          checked={checked}
          mixed={mixed}
          onChange={() => toggle(name)}
        />
      )}
      <span className={clsx("mono truncate", strong && "font-medium", covered && "text-fg-2")}>{name}</span>
      <span className="truncate text-fg-3 text-xs max-md:whitespace-normal">{note}</span>
      <span className="text-fg-3 text-xs tabular-nums">{rate}</span>
    </label>
  );
}
