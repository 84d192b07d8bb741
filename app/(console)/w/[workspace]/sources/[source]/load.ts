import { notFound } from "next/navigation";
import { cache } from "react";
import { parseId } from "@/lib/ids.ts";
import { findSourceHead } from "@/lib/reports/source-head.ts";
import { requireActor } from "@/lib/web/session.ts";

/** Who looks, and at which source; a stranger's is not found. */
export const loadSource = cache(async (slug: string, outsideId: string) => {
  const actor = await requireActor(slug);
  const id = parseId("src", outsideId);
  const head = id && (await findSourceHead(actor.workspace.id, id));
  if (!head) notFound();
  return { actor, head, facts: { provider: head.provider, hasEndpoints: head.hasEndpoints } };
});
