import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { EventTypeDialog } from "@/components/event-types/event-type-dialogs";
import { EventTypeFacts } from "@/components/event-types/event-type-facts";
import { SubscriberList } from "@/components/event-types/subscriber-list";
import { TypeCode } from "@/components/event-types/type-code";
import { VersionList } from "@/components/event-types/version-list";
import { WholeVersion } from "@/components/event-types/whole-version";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { ActionForm } from "@/components/ui/form";
import { Page, PageHeader } from "@/components/ui/page";
import { prettyJson } from "@/components/ui/pretty-json";
import { SubmitButton } from "@/components/ui/submit-button";
import { listEndpoints } from "@/lib/endpoints/queries.ts";
import { wants } from "@/lib/endpoints/subscription-tree.ts";
import { schemaOfExample } from "@/lib/event-types/draft.ts";
import { countEventTypeEffects, findEventType, listVersions } from "@/lib/event-types/queries.ts";
import { versionChanges } from "@/lib/event-types/version-changes.ts";
import { MAX_PAGE_LIMIT } from "@/lib/reports/page.ts";
import { CODE_LANGUAGES, typeName } from "@/lib/schemas/code-languages.ts";
import { workOnSchema } from "@/lib/schemas/schema-work.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { archiveEventTypeAction, deleteEventTypeAction, sendExampleAction, unarchiveEventTypeAction } from "../actions";

type Props = { params: Promise<{ workspace: string; name: string }>; searchParams: Promise<unknown> };

const filterInput = z.object({
  dialog: z.enum(["send", "archive", "delete"]).optional().catch(undefined),
  types: z.enum(CODE_LANGUAGES).catch("typescript"),
  version: z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined),
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name };
}

export default async function EventTypePage({ params, searchParams }: Props) {
  const { workspace: slug, name } = await params;
  const { workspace, role } = await requireActor(slug);
  const { dialog, types: language, version } = filterInput.parse(await searchParams);
  const type = await findEventType(workspace.id, name);
  if (!type) notFound();
  const schema = type.schema ?? (type.example && schemaOfExample(type.example));
  const [versions, made, effects, { rows: endpoints }] = await Promise.all([
    listVersions(workspace.id, name),
    schema ? workOnSchema({ make: "types", schema, name: typeName(name), language }) : null,
    countEventTypeEffects(workspace.id, name),
    listEndpoints(workspace.id, {}, { limit: MAX_PAGE_LIMIT }),
  ]);
  const subscribers = endpoints.filter(({ subscriptions }) => wants(subscriptions, name));
  const href = `/w/${slug}/event-types/${name}`;
  const shown = versions.find(({ number }) => number === version);

  return (
    <Page width="detail">
      <PageHeader
        title={type.name}
        actions={
          <>
            {can(role, "send") && !type.archivedAt && (
              <LinkButton href={`${href}?dialog=send`}>Send example…</LinkButton>
            )}
            {can(role, "configure") && (
              <>
                <LinkButton href={`${href}/edit`}>Edit</LinkButton>
                {type.archivedAt ? (
                  <ActionForm action={unarchiveEventTypeAction} workspace={slug}>
                    <input type="hidden" name="eventType" value={name} />
                    <SubmitButton variant="secondary">Unarchive</SubmitButton>
                  </ActionForm>
                ) : (
                  <LinkButton href={`${href}?dialog=archive`}>Archive…</LinkButton>
                )}
                <LinkButton href={`${href}?dialog=delete`} variant="danger-quiet">
                  Delete…
                </LinkButton>
              </>
            )}
          </>
        }
      >
        {type.archivedAt && <Badge>Archived</Badge>}
      </PageHeader>
      {type.description && <p className="max-w-160 text-fg-2">{type.description}</p>}

      <div className="grid grid-cols-[minmax(0,1fr)_360px] items-start gap-x-8 max-xl:grid-cols-1">
        <div>
          <div className="grid grid-cols-2 gap-x-4 max-lg:grid-cols-1">
            <Section title="Schema">
              {type.schema ? (
                <CodeBlock label="JSON Schema" language="json" code={type.schema} />
              ) : (
                <EmptyState title="No schema">Without one, any data is accepted.</EmptyState>
              )}
            </Section>
            <Section title="Example">
              {type.example ? (
                <CodeBlock label="Example" language="json" code={prettyJson(type.example) ?? type.example} />
              ) : (
                <EmptyState title="No example">
                  Test events send <span className="mono">{"{}"}</span> until there is one.
                </EmptyState>
              )}
            </Section>
          </div>
          {made && (
            <Section title="Types">
              <TypeCode href={href} language={language} made={made} fromExample={type.schema === null} />
            </Section>
          )}
          {shown && <WholeVersion version={shown} closeHref={href} />}
          <Section title="Versions">
            <VersionList versions={versionChanges(versions)} current={type.version} href={href} />
          </Section>
        </div>
        <div>
          <Section title="In use">
            <EventTypeFacts type={type} effects={effects} />
          </Section>
          <Section title="Who subscribes">
            <SubscriberList endpoints={subscribers} base={`/w/${slug}/endpoints`} />
          </Section>
        </div>
      </div>

      {dialog && (
        <EventTypeDialog
          dialog={dialog}
          slug={slug}
          name={name}
          closeHref={href}
          effects={effects}
          subscribers={subscribers}
          endpoints={endpoints}
          actions={{ send: sendExampleAction, archive: archiveEventTypeAction, delete: deleteEventTypeAction }}
        />
      )}
    </Page>
  );
}
