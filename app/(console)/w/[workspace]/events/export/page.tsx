import type { Metadata } from "next";
import { ExportPage } from "@/components/search/export-page";
import { readerZone } from "@/components/ui/time";
import { countEvents } from "@/lib/reports/events.ts";
import { requireActor } from "@/lib/web/session.ts";
import { asFilter, eventSearch, queryOf } from "../filter";
import { searchWords } from "../pills";

export const metadata: Metadata = { title: "Export events" };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, string | string[]>> };

export default async function ExportEventsPage({ params, searchParams }: Props) {
  const { workspace } = await requireActor((await params).workspace);
  const search = eventSearch.parse(await searchParams);
  const [total, zone] = await Promise.all([countEvents(workspace.id, asFilter(search, new Date())), readerZone()]);
  return (
    <ExportPage
      noun="events"
      list={`/w/${workspace.slug}/events`}
      query={queryOf(search)}
      words={searchWords(search, zone)}
      total={total}
      without="Payloads and tags are no part of it."
      whole="One JSON object a line, with how its deliveries stand"
    />
  );
}
