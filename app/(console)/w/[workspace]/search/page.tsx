import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SearchMatches } from "@/components/search/search-matches";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page";
import { findByText } from "@/lib/reports/find-by-text.ts";
import { resolveId } from "@/lib/reports/resolve-id.ts";
import { requireActor } from "@/lib/web/session.ts";
import { foundPath } from "../lead-on";

export const metadata: Metadata = { title: "Search" };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<{ q?: string | string[] }> };

/** What kind of thing a prefix promises, in the sentence about one that is not here. */
const NOUNS: Record<string, string> = {
  evt: "event",
  dlv: "delivery",
  ep: "endpoint",
  src: "source",
  req: "request",
  job: "bulk job",
  key: "API key",
};

export default async function SearchPage({ params, searchParams }: Props) {
  const { workspace } = await requireActor((await params).workspace);
  const { slug } = workspace;
  const text = String((await searchParams).q ?? "")
    .trim()
    .slice(0, 500);
  const resolved = await resolveId(workspace.id, text);
  if (resolved.result === "found") redirect(foundPath(slug, resolved));
  if (resolved.result === "unknown") {
    return (
      <Page width="form">
        <PageHeader title="Search" />
        <EmptyState icon={SearchX} title={`This workspace has no such ${NOUNS[resolved.prefix] ?? "thing"}`}>
          <p className="mono [overflow-wrap:anywhere]">{text}</p>
          <p className="mt-2">
            It may belong to another workspace, be older than what is kept, or have been deleted. Look at the workspace
            switcher on top of the sidebar.
          </p>
        </EmptyState>
      </Page>
    );
  }
  const matches = await findByText(workspace.id, text);
  return (
    <Page width="form">
      <PageHeader title="Search" count={text && `“${text}”`} />
      <SearchMatches slug={slug} matches={matches} />
    </Page>
  );
}
