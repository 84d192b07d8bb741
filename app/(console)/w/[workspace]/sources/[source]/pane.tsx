import { LinkButton } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Kbd } from "@/components/ui/kbd";
import type { SourceHead } from "@/lib/reports/source-head.ts";
import { traitsOf } from "@/lib/sources/provider-fields.ts";
import { can, type Role } from "@/lib/workspaces/roles.ts";
import { paneQuery, type RequestSearch } from "./filter";
import { findOpened } from "./requests/[request]/load";
import { Reading } from "./requests/[request]/reading";
import { shownUrl } from "./shown-url";

type OpenedProps = {
  slug: string;
  outsideId: string;
  search: RequestSearch;
  sel: string;
  pane: { newer: string | null; older: string | null; close: string };
};

/** The request that is open beside the list. */
export async function Opened({ slug, outsideId, search, sel, pane }: OpenedProps) {
  const opened = await findOpened(slug, outsideId, sel);
  const here = `/w/${slug}/sources/${outsideId}`;
  if (!opened) {
    return (
      <div className="grid justify-items-start gap-3">
        <p className="font-semibold">This request is not there</p>
        <p className="text-fg-2 text-sm">It belongs to another source, or is past its retention.</p>
        <LinkButton href={pane.close} scroll={false}>
          Close
        </LinkButton>
      </div>
    );
  }
  return (
    <Reading
      key={sel}
      opened={opened}
      slug={slug}
      compare={search.compare}
      view={search.view}
      hrefOf={(change) => `${here}?${paneQuery(search, { sel, ...change })}`}
      pane={{ ...pane, page: `${here}/requests/${sel}` }}
    />
  );
}

type NothingOpenProps = { slug: string; outsideId: string; head: SourceHead; role: Role; isNew: boolean };

/** What to do with a source while no request is open: post something, choose something. */
export function NothingOpen({ slug, outsideId, head, role, isNew }: NothingOpenProps) {
  const url = shownUrl(head, role);
  const here = `/w/${slug}/sources/${outsideId}`;
  const curl = `curl -i '${url}' \\\n  -H 'content-type: application/json' \\\n  -d '{"hello":"world"}'`;
  return (
    <div className="grid max-w-180 gap-6 [&>*]:min-w-0">
      {!isNew && (
        <p className="text-fg-2 text-sm max-md:hidden">
          Choose a request to read it: <Kbd keys="j" /> <Kbd keys="k" /> go from row to row, <Kbd keys="Enter" /> opens.
        </p>
      )}
      {isNew && head.provider !== "unsigned" && (
        <section aria-labelledby="set-up" className="grid justify-items-start gap-2">
          <h2 id="set-up" className="font-semibold text-base">
            Paste the URL at the provider
          </h2>
          <p className="text-fg-2 text-sm">The first request stands here the moment it comes.</p>
          <LinkButton href={`${here}/set-up`} prefetch={false}>
            Set-up steps
          </LinkButton>
        </section>
      )}
      {can(role, "configure") && (
        <section aria-labelledby="try" className="grid gap-2">
          <h2 id="try" className="font-semibold text-base">
            {head.provider === "unsigned" ? "Post something" : "See it refuse"}
          </h2>
          <p className="text-fg-2 text-sm">
            {head.provider === "unsigned"
              ? "Any request to the URL is kept, whatever it holds."
              : `A request without ${traitsOf(head.provider).shown ? "its secret" : "a signature"} is answered 401 and kept, with the reason why.`}
          </p>
          <CodeBlock label="curl" code={curl} />
        </section>
      )}
      {!head.hasEndpoints && (
        <section aria-labelledby="route" className="grid justify-items-start gap-2">
          <h2 id="route" className="font-semibold text-base">
            Requests stay here
          </h2>
          <p className="text-fg-2 text-sm">
            No endpoint is there yet, so this is a place to look at what comes. Add one, and requests go on to it as
            events.
          </p>
          {can(role, "configure") && (
            <LinkButton href={`/w/${slug}/endpoints/new`} prefetch={false}>
              Add endpoint
            </LinkButton>
          )}
        </section>
      )}
    </div>
  );
}
