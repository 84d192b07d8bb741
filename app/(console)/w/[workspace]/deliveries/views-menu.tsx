import { Check, ChevronDown } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { ICON_14 } from "@/components/ui/icon-size";
import { Input } from "@/components/ui/input";
import { publicUrl } from "@/lib/env.ts";
import { formatId } from "@/lib/ids.ts";
import { mayChange } from "@/lib/saved-views/commands.ts";
import type { SavedView } from "@/lib/saved-views/queries.ts";
import type { Actor } from "@/lib/web/session.ts";
import { MENU_PLACE } from "./menu-place";
import { changeViewAction, deleteViewAction, saveViewAction, setDefaultViewAction } from "./view-actions";

const MENU = "views-menu";
/** Filters that are no view of anybody's: what the list shows when nothing was chosen. */
const PLAIN = "range=24h";

type ViewsMenuProps = {
  actor: Actor;
  views: SavedView[];
  /** The list as it is now, as a query. */
  query: string;
  /** The view this person's list starts with. */
  firstView: string | null;
};

/** The workspace's views of the list, and what can be done with the one that is shown. */
export function ViewsMenu({ actor, views, query, firstView }: ViewsMenuProps) {
  const { slug } = actor.workspace;
  const base = `/w/${slug}/deliveries`;
  const current = views.find((view) => sameQuery(view.query, query));
  return (
    <>
      <Button size="sm" variant="quiet" popoverTarget={MENU} className="max-w-60 max-md:hidden">
        <span className="truncate">{current ? `View: ${current.name}` : "View"}</span>
        <ChevronDown {...ICON_14} />
      </Button>
      <div id={MENU} popover="auto" className={`${MENU_PLACE} w-80`}>
        <ul className="grid gap-px">
          <ViewLink
            href={`${base}?${PLAIN}`}
            on={sameQuery(query, PLAIN) || query === ""}
            name="All of the last 24 h"
          />
          {views.map((view) => (
            <ViewLink
              key={view.id}
              href={`${base}?${view.query || PLAIN}`}
              on={view === current}
              name={view.name}
              note={view.id === firstView ? "your first" : (view.author ?? undefined)}
            />
          ))}
        </ul>
        <div className="mt-1 grid gap-2 border-t p-2">
          {current ? (
            <CurrentView actor={actor} view={current} isDefault={current.id === firstView} />
          ) : (
            <SaveView actor={actor} views={views} query={query} />
          )}
          <CopyButton
            text={`${publicUrl()}${base}?${query || PLAIN}`}
            label="Copy link to this view"
            variant="secondary"
          >
            Copy link
          </CopyButton>
        </div>
      </div>
    </>
  );
}

type ViewLinkProps = { href: string; on: boolean; name: string; note?: string };

function ViewLink({ href, on, name, note }: ViewLinkProps) {
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        aria-current={on || undefined}
        className="focus-inset flex min-h-8 items-center gap-2 rounded-control px-2 text-sm hover:bg-hover"
      >
        <Check {...ICON_14} className={cn("text-fg-2", !on && "invisible")} />
        <span className="min-w-0 flex-1 truncate" title={name}>
          {name}
        </span>
        {note && <span className="max-w-24 truncate text-fg-3 text-xs">{note}</span>}
      </Link>
    </li>
  );
}

function SaveView({ actor, views, query }: Omit<ViewsMenuProps, "firstView">) {
  const slug = actor.workspace.slug;
  const changeable = views.filter((view) => mayChange(view, { userId: actor.user.id, role: actor.role }));
  return (
    <>
      <ActionForm action={saveViewAction} workspace={slug} className="grid gap-2">
        <input type="hidden" name="query" value={query} />
        <Field name="name" label="Save these filters and columns as">
          <Input maxLength={60} autoComplete="off" placeholder="Needed a retry" />
        </Field>
        <Button type="submit">Save for the workspace</Button>
      </ActionForm>
      {changeable.length > 0 && (
        <details className="text-sm">
          <summary className="text-fg-2 hover:text-fg">Or let another view show them</summary>
          {changeable.map((view) => (
            <ActionForm key={view.id} action={changeViewAction} workspace={slug} feedback="toast">
              <input type="hidden" name="view" value={formatId("vw", view.id)} />
              <input type="hidden" name="query" value={query} />
              <Button type="submit" size="sm" variant="quiet" className="max-w-full">
                <span className="truncate">{view.name}</span>
              </Button>
            </ActionForm>
          ))}
        </details>
      )}
    </>
  );
}

function CurrentView({ actor, view, isDefault }: { actor: Actor; view: SavedView; isDefault: boolean }) {
  const slug = actor.workspace.slug;
  return (
    <>
      <ActionForm action={setDefaultViewAction} workspace={slug} feedback="toast" className="grid">
        <input type="hidden" name="view" value={isDefault ? "" : formatId("vw", view.id)} />
        <Button type="submit">{isDefault ? "Do not start with it any more" : "Start with this view"}</Button>
      </ActionForm>
      {mayChange(view, { userId: actor.user.id, role: actor.role }) && (
        <details className="text-sm">
          <summary className="text-fg-2 hover:text-fg">Delete this view…</summary>
          <ActionForm action={deleteViewAction} workspace={slug} feedback="toast" className="mt-2 grid gap-2">
            <p className="text-fg-2">It goes from everybody's menu; no delivery is touched.</p>
            <input type="hidden" name="view" value={formatId("vw", view.id)} />
            <Button type="submit" variant="danger-quiet">
              Delete view
            </Button>
          </ActionForm>
        </details>
      )}
    </>
  );
}

/** The same parameters, in whatever order. */
function sameQuery(one: string, other: string): boolean {
  const [a, b] = [new URLSearchParams(one), new URLSearchParams(other)];
  a.sort();
  b.sort();
  return a.toString() === b.toString();
}
