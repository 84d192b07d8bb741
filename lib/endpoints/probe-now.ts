import type { Author } from "../audit/record.ts";
import { recordAuditIn } from "../audit/record-in.ts";
import { hotSql } from "../db.ts";
import type { Format } from "../formats/names.ts";
import { formatId } from "../ids.ts";
import { announceParked } from "../queue/gate-channel.ts";
import { shownUrl } from "./shown-url.ts";

/** `unchanged`: its circuit is not open, or its probe is on its way already. */
export type ProbeResult = "asked" | "unchanged" | "not_found";

/** Lets the next probe of an open circuit go now instead of when its time comes. */
export async function probeNow(workspaceId: string, id: string, author: Author): Promise<ProbeResult> {
  return hotSql().begin(async (tx): Promise<ProbeResult> => {
    const [found] = await tx<{ url: string; format: Format }[]>`
      select url, format from endpoint where workspace_id = ${workspaceId} and id = ${id} and deleted_at is null`;
    if (!found) return "not_found";
    const { count } = await tx`
      update endpoint_state set probe_at = now() where endpoint_id = ${id} and circuit = 'open'`;
    if (count === 0) return "unchanged";
    await announceParked(tx);
    const target = { target: formatId("ep", id), targetName: shownUrl(found) };
    await recordAuditIn(tx, workspaceId, author, { action: "endpoint.probed", ...target });
    return "asked";
  });
}
