import { newJobPath } from "@/components/jobs/job-path";
import type { Preset } from "@/components/jobs/recover-presets";
import { findEndpoint } from "@/lib/endpoints/queries.ts";
import type { JobRequest } from "../request";

const HOUR_MS = 3_600_000;
const SPANS = [
  { label: "the last hour", hours: 1 },
  { label: "6 hours", hours: 6 },
  { label: "24 hours", hours: 24 },
  { label: "3 days", hours: 72 },
  { label: "7 days", hours: 168 },
];
/** A choice that was made a moment ago is still the same one. */
const SAME_MS = 5 * 60_000;

/** Since when a retry could reach back: a span, or the beginning of its endpoint's outage. */
export async function recoverPresets(
  workspace: { id: string; slug: string },
  { kind, scope: { over, query } }: JobRequest,
  now: Date,
): Promise<Preset[]> {
  if (kind !== "retry" || over.by !== "deliveries") return [];
  const { endpointId, from } = over.filter;
  const endpoint = endpointId ? await findEndpoint(workspace.id, endpointId) : null;
  const outage = endpoint?.failingSince ? [{ label: "this outage", from: endpoint.failingSince }] : [];
  const spans = SPANS.map(({ label, hours }) => ({ label, from: new Date(now.getTime() - hours * HOUR_MS) }));
  return [...outage, ...spans].map((preset) => {
    const params = new URLSearchParams(query);
    params.set("from", preset.from.toISOString());
    params.delete("to");
    const chosen = from ? Math.abs(from.getTime() - preset.from.getTime()) < SAME_MS : false;
    return { ...preset, chosen, href: newJobPath(workspace.slug, params) };
  });
}
