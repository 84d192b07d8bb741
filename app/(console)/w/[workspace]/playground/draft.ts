import type { TrialDraft } from "@/components/playground/trial-form";
import { prettyJson } from "@/components/ui/pretty-json";
import { MASK } from "@/lib/endpoints/reserved-headers.ts";
import { findEventType } from "@/lib/event-types/queries.ts";
import { formatId, parseId } from "@/lib/ids.ts";
import { TARGETS } from "@/lib/playground/input.ts";
import { findTemplate } from "@/lib/playground/templates.ts";
import type { KeptTrial } from "@/lib/playground/trials.ts";

export type PlaygroundQuery = {
  /** Trials to show and to fill the form from. */
  run?: string;
  /** The same, of the form that stands here: it is left as it is. */
  sent?: string;
  template?: string;
  type?: string;
  endpoint?: string;
  before?: string;
};

type Known = { firstType: string | null; hasEndpoints: boolean };

const EMPTY = "{}";

/** What the form starts with, as the address says. */
export async function draftOf(
  workspaceId: string,
  query: PlaygroundQuery,
  [trial]: KeptTrial[],
  { firstType, hasEndpoints }: Known,
): Promise<TrialDraft> {
  const templateId = parseId("tpl", query.template ?? "");
  const template = templateId && (await findTemplate(workspaceId, templateId));
  const usual = { target: hasEndpoints ? "endpoint" : "url", endpoint: query.endpoint ?? "", url: "" } as const;
  if (template) return { ...usual, type: template.eventType, payload: template.payload };
  if (trial?.asked.payload) return { ...usual, ...fromTrial(trial), payload: trial.asked.payload };
  const type = query.type ?? firstType ?? "order.created";
  const example = (await findEventType(workspaceId, type))?.example;
  return { ...usual, type, payload: example ? (prettyJson(example) ?? example) : EMPTY };
}

function fromTrial({ asked, eventType: type, endpointId, url }: KeptTrial) {
  const target = TARGETS.find((one) => one === asked.target) ?? "endpoint";
  // A URL of which a part is masked cannot be called again.
  const again = target === "url" && !url.includes(MASK) ? url : "";
  return { type, target, endpoint: endpointId ? formatId("ep", endpointId) : "", url: again };
}
