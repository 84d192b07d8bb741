import { Clock, ListFilter } from "lucide-react";
import type { ReactNode } from "react";
import { FilterPill } from "@/components/deliveries/filter-pill";
import { Button } from "@/components/ui/button";
import { ICON_14 } from "@/components/ui/icon-size";
import { HiddenParameters } from "./hidden-parameters";
import { PanelKeys } from "./panel-keys";
import { SearchField } from "./search-field";
import { SearchProblems } from "./search-problems";
import { TimePanel } from "./time-panel";

type SearchToolbarProps = {
  /** The list's address, and what stands after its `?`. */
  action: string;
  query: string;
  /** `Search deliveries` */
  label: string;
  placeholder: string;
  /** The free text in force, the list without it, and what of it was not understood. */
  text: { value: string; clearHref: string; problems: string[] };
  /** The time in force; without an address to remove it, it is any time. */
  time: { words: string; removeHref: string | null };
  timePanel: Pick<Parameters<typeof TimePanel>[0], "presets" | "from" | "to" | "zone">;
  /** The other filters in force. */
  pills: { name: string; words: string; removeHref: string }[];
  /** The panel in which those are changed. */
  panel: { id: string; content: ReactNode };
  /** On the right. */
  children?: ReactNode;
};

/** The search box of a list, the filters in force, each removable, and the panels that change them. */
export function SearchToolbar(props: SearchToolbarProps) {
  const { action, query, label, placeholder, text, time, timePanel, pills, panel, children } = props;
  const timeId = `${panel.id}-time`;
  return (
    <>
      <div className="relative flex min-h-9 flex-wrap items-center gap-2">
        <SearchField
          action={action}
          label={label}
          placeholder={placeholder}
          text={text.value}
          clearHref={text.clearHref}
          suggestHref={`${action}/suggest?${query}`}
        >
          <HiddenParameters query={query} except={["q"]} />
        </SearchField>
        {time.removeHref ? (
          <FilterPill label="time" popover={timeId} removeHref={time.removeHref}>
            {time.words}
          </FilterPill>
        ) : (
          <Button size="sm" variant="quiet" popoverTarget={timeId}>
            <Clock {...ICON_14} />
            {time.words}
          </Button>
        )}
        {pills.map(({ name, words, removeHref }) => (
          <FilterPill key={name + words} name={name} popover={panel.id} removeHref={removeHref}>
            {words}
          </FilterPill>
        ))}
        <Button size="sm" variant="quiet" popoverTarget={panel.id} className="max-md:hidden">
          <ListFilter {...ICON_14} />
          Filter
        </Button>
        {children && <span className="ml-auto flex items-center gap-1">{children}</span>}
        {panel.content}
        <TimePanel id={timeId} action={action} query={query} {...timePanel} />
        <PanelKeys filter={panel.id} time={timeId} />
      </div>
      <SearchProblems problems={text.problems} />
    </>
  );
}
