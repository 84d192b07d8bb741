import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { EventTypeForm } from "@/components/event-types/event-type-form";
import { Page, PageHeader } from "@/components/ui/page";
import { readerZone } from "@/components/ui/time";
import { DEFAULT_SCHEDULE } from "@/lib/delivery/retry-policy.ts";
import { schemaOfEvents } from "@/lib/event-types/draft.ts";
import { findEventType } from "@/lib/event-types/queries.ts";
import { requireActor } from "@/lib/web/session.ts";
import { updateEventTypeAction } from "../../actions";
import { DRAFT_TOOLS } from "../../draft-tools";

type Props = { params: Promise<{ workspace: string; name: string }>; searchParams: Promise<unknown> };

const fromInput = z.object({ schema: z.literal("events").optional().catch(undefined) });

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${(await params).name}` };
}

export default async function EditEventTypePage({ params, searchParams }: Props) {
  const { workspace: slug, name } = await params;
  const { workspace } = await requireActor(slug, "configure");
  const type = await findEventType(workspace.id, name);
  if (!type) notFound();
  const fromEvents = fromInput.parse(await searchParams).schema === "events";
  return (
    <Page flush>
      <PageHeader title={`Edit ${type.name}`} />
      <EventTypeForm
        action={updateEventTypeAction}
        workspace={workspace}
        type={type}
        inferred={fromEvents ? await schemaOfEvents(workspace.id, name) : null}
        tools={DRAFT_TOOLS}
        cancelHref={`/w/${slug}/event-types/${type.name}`}
        usualSchedule={[...DEFAULT_SCHEDULE]}
        now={new Date().toISOString()}
        zone={await readerZone()}
      />
    </Page>
  );
}
