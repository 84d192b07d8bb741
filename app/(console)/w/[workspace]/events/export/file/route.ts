import { EVENT_COLUMNS, exportEvents } from "@/lib/exports/events.ts";
import { recordExport } from "@/lib/exports/record.ts";
import { exportStream } from "@/lib/exports/write.ts";
import { requireActor } from "@/lib/web/session.ts";
import { exportAnswer, REFUSED, readExport } from "../../../export-answer";
import { asFilter, eventSearch, queryOf } from "../../filter";

/** POST: the events of a filter as a file, read while it is taken. */
export async function POST(request: Request, { params }: { params: Promise<{ workspace: string }> }) {
  const { workspace, author } = await requireActor((await params).workspace);
  const read = await readExport(request);
  if (!read) return REFUSED.clone();
  const { asked, format } = read;
  const search = eventSearch.parse(asked);
  const now = new Date();
  const filter = asFilter(search, now);
  await recordExport(workspace.id, author, "events", { format, filter: queryOf(search) });
  // What comes in while it is written is no part of it.
  const batches = exportEvents(workspace.id, { ...filter, to: filter.to ?? now });
  return exportAnswer("events", workspace.slug, format, exportStream(format, EVENT_COLUMNS, batches));
}
