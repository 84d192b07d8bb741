import type { Metadata } from "next";
import { requestName } from "@/components/requests/inbox-row";
import { Page } from "@/components/ui/page";
import { requestSearch } from "../../filter";
import { loadOpened } from "./load";
import { type PaneChange, Reading } from "./reading";

type Params = Promise<{ workspace: string; source: string; request: string }>;
type Props = { params: Params; searchParams: Promise<Record<string, string | string[]>> };

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { workspace, source, request } = await params;
  const { row, head } = await loadOpened(workspace, source, request);
  return { title: `${requestName(row)} at ${head.name}, ${row.verdict}` };
}

export default async function RequestPage({ params, searchParams }: Props) {
  const { workspace: slug, source, request } = await params;
  const opened = await loadOpened(slug, source, request);
  const { compare, view } = requestSearch.parse(await searchParams);
  const here = `/w/${slug}/sources/${source}/requests/${request}`;
  const hrefOf = (change: PaneChange) => {
    const query = new URLSearchParams(
      Object.entries(change).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    );
    return query.size > 0 ? `${here}?${query}` : here;
  };
  return (
    <Page width="detail" className="pt-3">
      <Reading opened={opened} slug={slug} hrefOf={hrefOf} compare={compare} view={view} />
    </Page>
  );
}
