import type { Metadata } from "next";
import { ExportPage } from "@/components/search/export-page";
import { readerZone } from "@/components/ui/time";
import { countDeliveries } from "@/lib/reports/count-deliveries.ts";
import { listFilterChoices } from "@/lib/reports/filter-choices.ts";
import { requireActor } from "@/lib/web/session.ts";
import { asFilter, deliverySearch, queryOf } from "../filter";
import { searchWords } from "../pills";

export const metadata: Metadata = { title: "Export deliveries" };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, string | string[]>> };

export default async function ExportDeliveriesPage({ params, searchParams }: Props) {
  const { workspace } = await requireActor((await params).workspace);
  const search = deliverySearch.parse(await searchParams);
  const [total, choices, zone] = await Promise.all([
    countDeliveries(workspace.id, asFilter(search, new Date())),
    listFilterChoices(workspace.id),
    readerZone(),
  ]);
  return (
    <ExportPage
      noun="deliveries"
      list={`/w/${workspace.slug}/deliveries`}
      query={queryOf(search)}
      words={searchWords(search, choices, zone)}
      total={total}
      without="Headers, payloads and responses are no part of it, and URLs that are a password are masked."
      whole="One JSON object a line, with its attempts"
    />
  );
}
