import type { Metadata } from "next";
import { endpointName } from "@/components/endpoints/endpoint-name";
import { TemplateList } from "@/components/playground/template-list";
import { TrialForm } from "@/components/playground/trial-form";
import { TrialHistory } from "@/components/playground/trial-history";
import { NoTrial, TrialResult } from "@/components/playground/trial-result";
import { Section } from "@/components/ui/card";
import { readerZone } from "@/components/ui/time";
import { listEndpoints } from "@/lib/endpoints/queries.ts";
import { listEventTypes } from "@/lib/event-types/queries.ts";
import { DEMO_EVENT_TYPE } from "@/lib/get-started/demo.ts";
import { formatId, parseId } from "@/lib/ids.ts";
import { listTemplates } from "@/lib/playground/templates.ts";
import { MOST_AT_ONCE } from "@/lib/playground/trial-allowance.ts";
import { findTrials, listTrials } from "@/lib/playground/trials.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can, leastRoleFor } from "@/lib/workspaces/roles.ts";
import { deleteTemplateAction, lintAction, playgroundAction } from "./actions";
import { draftOf, type PlaygroundQuery } from "./draft";

export const metadata: Metadata = { title: "Playground" };

/** In the form's list; others are found by their page. */
const MOST_ENDPOINTS = 250;

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, string | string[]>> };

export default async function PlaygroundPage({ params, searchParams }: Props) {
  const { workspace, role } = await requireActor((await params).workspace);
  const { id, slug } = workspace;
  const query = queryOf(await searchParams);
  const shown = (query.run ?? query.sent ?? "").split(",").slice(0, MOST_AT_ONCE);
  const [trials, types, endpoints, templates, history, zone] = await Promise.all([
    findTrials(
      id,
      shown.flatMap((text) => parseId("try", text) ?? []),
    ),
    listEventTypes(id),
    listEndpoints(id, {}, { limit: MOST_ENDPOINTS }),
    listTemplates(id),
    listTrials(id, parseId("try", query.before ?? "")),
    readerZone(),
  ]);
  const choices = endpoints.rows.map((endpoint) => ({
    id: formatId("ep", endpoint.id),
    name: endpointName(endpoint),
    url: endpoint.url,
    status: endpoint.status,
  }));
  const ownType = types.find(({ name }) => name !== DEMO_EVENT_TYPE) ?? types[0];
  const known = { firstType: ownType?.name ?? null, hasEndpoints: choices.length > 0 };
  const draft = await draftOf(id, query, trials, known);
  const maySend = can(role, "send");

  return (
    <div className="grid grid-cols-[minmax(0,520px)_minmax(0,1fr)] items-start gap-x-8 max-lg:grid-cols-1">
      <div>
        {maySend ? (
          <TrialForm
            // What is opened from the history or a template takes the place of what stands here; a press on Send does not.
            key={query.run ?? query.template ?? query.type ?? query.endpoint ?? "own"}
            workspace={workspace}
            draft={draft}
            types={types.map(({ name }) => name)}
            endpoints={choices}
            action={playgroundAction}
            lint={lintAction}
          />
        ) : (
          <p className="mt-5 text-fg-2 text-sm">
            To send something takes the role {leastRoleFor("send")} or a higher one. What others sent is shown here.
          </p>
        )}
        {templates.length > 0 && (
          <TemplateList slug={slug} templates={templates} remove={maySend ? deleteTemplateAction : null} />
        )}
      </div>
      <div>
        <Section title="Result" className="mt-5">
          {trials.length === 0 && <NoTrial asked={shown.some(Boolean)} />}
          {trials.map((trial, index) => (
            <TrialResult key={trial.id} slug={slug} zone={zone} trial={trial} open={index === 0} />
          ))}
        </Section>
        <TrialHistory slug={slug} zone={zone} history={history} shown={trials.map((trial) => trial.id)} />
      </div>
    </div>
  );
}

function queryOf(given: Record<string, string | string[]>): PlaygroundQuery {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, [value].flat()[0]]));
}
