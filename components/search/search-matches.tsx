import { SearchX } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { pagePath } from "@/components/shell/paths";
import { Section } from "@/components/ui/card";
import { UrlText } from "@/components/ui/chips";
import { EmptyState } from "@/components/ui/empty-state";
import type { TextMatches } from "@/lib/reports/find-by-text.ts";

/** What a word names, by kind; a hint about what can be searched when it names nothing. */
export function SearchMatches({ slug, matches }: { slug: string; matches: TextMatches }) {
  const { endpoints, sources, eventTypes, events } = matches;
  if (endpoints.length + sources.length + eventTypes.length + events.length === 0) return <Nothing />;
  return (
    <>
      <Matches title="Events">
        {events.map(({ id, key }) => (
          <Match key={id} href={pagePath(slug, "evt", id)} note="idempotency key">
            <span className="mono">{key}</span>
          </Match>
        ))}
      </Matches>
      <Matches title="Endpoints">
        {endpoints.map(({ id, url, description }) => (
          <Match key={id} href={pagePath(slug, "ep", id)} note={description}>
            <UrlText url={url} />
          </Match>
        ))}
      </Matches>
      <Matches title="Sources">
        {sources.map(({ id, name, provider }) => (
          <Match key={id} href={pagePath(slug, "src", id)} note={provider}>
            {name}
          </Match>
        ))}
      </Matches>
      <Matches title="Event types">
        {eventTypes.map(({ name, description }) => (
          <Match key={name} href={`/w/${slug}/event-types/${encodeURIComponent(name)}`} note={description}>
            {name}
          </Match>
        ))}
      </Matches>
    </>
  );
}

function Matches({ title, children }: { title: string; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <Section title={title} className="mt-4">
      <ul className="rounded-card border">{children}</ul>
    </Section>
  );
}

function Match({ href, note, children }: { href: string; note: string; children: ReactNode }) {
  return (
    <li className="border-b last:border-b-0">
      <Link
        href={href}
        className="focus-inset flex min-h-10 flex-wrap items-center gap-x-3 px-3 py-1 text-sm hover:bg-hover"
      >
        {children}
        <span className="text-fg-3">{note}</span>
      </Link>
    </li>
  );
}

function Nothing() {
  return (
    <EmptyState icon={SearchX} title="Nothing has this name">
      <p>Search opens whatever ID you paste, wherever you copied it from:</p>
      <ul className="mt-2 grid gap-1">
        {[
          ["evt_…", "an event"],
          ["dlv_…", "a delivery"],
          ["ep_…", "an endpoint"],
          ["src_…", "a source"],
          ["req_…", "a request that came in"],
        ].map(([id, noun]) => (
          <li key={id}>
            <code className="mono">{id}</code> {noun}
          </li>
        ))}
      </ul>
      <p className="mt-2">
        Any other text is looked for in the URLs and descriptions of endpoints, in the names of event types, and among
        the idempotency keys of the last day.
      </p>
    </EmptyState>
  );
}
