import { notFound } from "next/navigation";
import { cache } from "react";
import { formatId, parseId } from "@/lib/ids.ts";
import { followRequest } from "@/lib/reports/request-timeline.ts";
import { findRequest } from "@/lib/reports/requests.ts";
import { listMembers } from "@/lib/workspaces/queries.ts";
import { loadSource } from "../../load";

/** One request of a source, with all that became of it; null for a stranger's, or another source's. */
export const findOpened = cache(async (slug: string, source: string, outsideId: string) => {
  const { actor, head, facts } = await loadSource(slug, source);
  const id = parseId("req", outsideId);
  const row = id && (await findRequest(actor.workspace.id, id));
  if (!row || row.sourceId !== head.id) return null;
  const [timeline, acceptedBy] = await Promise.all([
    followRequest(actor.workspace.id, row),
    row.acceptedBy ? nameOf(actor.workspace.id, row.acceptedBy) : null,
  ]);
  return { actor, head, facts, row, timeline, acceptedBy, outsideId };
});
export type Opened = NonNullable<Awaited<ReturnType<typeof findOpened>>>;

export async function loadOpened(slug: string, source: string, outsideId: string): Promise<Opened> {
  return (await findOpened(slug, source, outsideId)) ?? notFound();
}

async function nameOf(workspaceId: string, actor: string): Promise<string> {
  if (actor.startsWith("key_")) return "an API key";
  const members = await listMembers(workspaceId);
  return members.find(({ userId }) => formatId("usr", userId) === actor)?.name ?? "a former member";
}
