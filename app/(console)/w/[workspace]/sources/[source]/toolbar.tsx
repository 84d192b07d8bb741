import { ListFilter, Search } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import { FilterPill } from "@/components/deliveries/filter-pill";
import { NewerRequests } from "@/components/requests/inbox-live";
import { VERDICT_WORDS } from "@/components/requests/verdict";
import { HiddenParameters } from "@/components/search/hidden-parameters";
import { PanelKeys } from "@/components/search/panel-keys";
import { PANEL_PLACE } from "@/components/search/panel-place";
import { SearchProblems } from "@/components/search/search-problems";
import { TimePanel } from "@/components/search/time-panel";
import { Button, buttonClass, IconButton, LinkButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { formatNumber } from "@/components/ui/format";
import { ICON_16 } from "@/components/ui/icon-size";
import { Input, Select } from "@/components/ui/input";
import { Pending } from "@/components/ui/pending";
import type { Total } from "@/lib/reports/count-back.ts";
import { readSearch } from "@/lib/search/read-search.ts";
import { FILTER_METHODS, REQUEST_FIELDS } from "@/lib/search/request-fields.ts";
import { VERDICTS } from "@/lib/sources/states.ts";
import { timePanelOf } from "../../time-presets";
import { queryOf, type RequestSearch, rangeOf } from "./filter";
import { pillsOf } from "./pills";

const SEARCH_PANEL = "request-search";
const FILTER_PANEL = "request-filter";
const TIME_PANEL = "request-filter-time";

type ToolbarProps = { action: string; search: RequestSearch; quarantined: Total; zone: string };

/** Over the list of requests: all or only the quarantined, new ones, search and filters. */
export function InboxToolbar({ action, search, quarantined, zone }: ToolbarProps) {
  const href = (change: Partial<RequestSearch>) => `${action}?${queryOf(search, change)}`;
  const pills = pillsOf(search, zone);
  const count = `${formatNumber(quarantined.count)}${quarantined.atLeast ? "+" : ""}`;
  const { from, to } = search;
  return (
    <div className="flex-none border-b">
      <div className="relative flex min-h-11 items-center gap-2 pr-3 pl-(--gutter)">
        <nav
          aria-label="Requests"
          className="inline-flex h-7 overflow-clip rounded-control border border-border-strong touch:h-11"
        >
          <Tab href={href({ verdict: undefined })} current={search.verdict !== "quarantined"}>
            All
          </Tab>
          <Tab href={href({ verdict: "quarantined" })} current={search.verdict === "quarantined"}>
            Quarantined{quarantined.count > 0 && ` ${count}`}
          </Tab>
        </nav>
        <span className="ml-auto flex items-center">
          <NewerRequests />
          <IconButton label="Search requests (/)" popoverTarget={SEARCH_PANEL}>
            <Search {...ICON_16} />
          </IconButton>
          <IconButton label="Filter (f)" popoverTarget={FILTER_PANEL}>
            <ListFilter {...ICON_16} />
          </IconButton>
        </span>
        <SearchPanel action={action} search={search} />
        <FilterPanel action={action} search={search} />
        <TimePanel
          id={TIME_PANEL}
          action={action}
          query={queryOf(search)}
          {...timePanelOf({ range: rangeOf(search), from, to }, zone, href)}
        />
        <PanelKeys filter={FILTER_PANEL} time={TIME_PANEL} search={SEARCH_PANEL} />
      </div>
      {(pills.length > 0 || search.q) && (
        <div className="flex flex-wrap gap-2 pr-3 pb-2 pl-(--gutter)">
          {pills.map(({ name, words, without }) => (
            <FilterPill
              key={name + words}
              name={name}
              popover={name === "Text" ? SEARCH_PANEL : name === "Time" ? TIME_PANEL : FILTER_PANEL}
              removeHref={href(without)}
            >
              {words}
            </FilterPill>
          ))}
          <SearchProblems problems={search.q ? readSearch(search.q, REQUEST_FIELDS).problems : []} />
        </div>
      )}
    </div>
  );
}

function Tab({ href, current, children }: { href: string; current: boolean; children: React.ReactNode }) {
  return (
    <Link
      href={href}
      scroll={false}
      prefetch={false}
      aria-current={current ? "true" : undefined}
      className="grid min-w-9 place-items-center border-r px-2.5 font-medium text-fg-2 text-xs tabular-nums last:border-r-0 hover:bg-hover focus-inset current:bg-muted current:text-fg current:shadow-[inset_0_-2px_0_var(--color-accent-fg)] touch:min-w-11"
    >
      <span>{children}</span>
      <Pending />
    </Link>
  );
}

type PanelProps = { action: string; search: RequestSearch };

function SearchPanel({ action, search }: PanelProps) {
  const query = queryOf(search);
  return (
    <div id={SEARCH_PANEL} popover="auto" className={PANEL_PLACE}>
      <Form action={action} role="search" aria-label="Search requests" className="grid gap-3 p-3" key={query}>
        <HiddenParameters query={query} except={["q"]} />
        <Field name="q" label="Search requests" hint="Part of a type or a body, an ID, or body.data.id:123">
          <Input defaultValue={search.q} maxLength={500} autoComplete="off" spellCheck={false} enterKeyHint="search" />
        </Field>
        <Button type="submit" variant="primary">
          Search
        </Button>
      </Form>
    </div>
  );
}

function FilterPanel({ action, search }: PanelProps) {
  const query = queryOf(search);
  return (
    <div id={FILTER_PANEL} popover="auto" className={PANEL_PLACE}>
      <Form action={action} className="grid gap-4 p-3" key={query}>
        <HiddenParameters query={query} except={["verdict", "method", "code", "type"]} />
        <div className="grid grid-cols-2 gap-3">
          <Field name="verdict" label="Verdict">
            <Select defaultValue={search.verdict ?? ""}>
              <option value="">Any</option>
              {[...VERDICTS, "quarantined" as const].map((verdict) => (
                <option key={verdict} value={verdict}>
                  {VERDICT_WORDS[verdict]}
                </option>
              ))}
            </Select>
          </Field>
          <Field name="method" label="Method">
            <Select defaultValue={search.method ?? ""}>
              <option value="">Any</option>
              {FILTER_METHODS.map((method) => (
                <option key={method}>{method}</option>
              ))}
            </Select>
          </Field>
          <Field name="code" label="Answered">
            <Input defaultValue={search.code} autoComplete="off" placeholder="401 or 4xx" maxLength={3} />
          </Field>
          <Field name="type" label="Type">
            <Input defaultValue={search.type} autoComplete="off" placeholder="Any, or charge.*" maxLength={128} />
          </Field>
        </div>
        <button type="button" popoverTarget={TIME_PANEL} className={buttonClass({ variant: "secondary" })}>
          Time…
        </button>
        <div className="grid grid-cols-2 gap-2">
          <LinkButton href={action}>Clear all</LinkButton>
          <Button type="submit" variant="primary">
            Apply
          </Button>
        </div>
      </Form>
    </div>
  );
}
