import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EventTypeForm } from "@/components/event-types/event-type-form";
import { Page, PageHeader } from "@/components/ui/page";
import { readerZone } from "@/components/ui/time";
import { DEFAULT_SCHEDULE } from "@/lib/delivery/retry-policy.ts";
import { findEventType } from "@/lib/event-types/queries.ts";
import { requireActor } from "@/lib/web/session.ts";
import { updateEventTypeAction } from "../../actions";

type Props = { params: Promise<{ workspace: string; name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${(await params).name}` };
}

export default async function EditEventTypePage({ params }: Props) {
  const { workspace: slug, name } = await params;
  const { workspace } = await requireActor(slug, "configure");
  const type = await findEventType(workspace.id, name);
  if (!type) notFound();
  return (
    <Page flush>
      <PageHeader title={`Edit ${type.name}`} />
      <EventTypeForm
        action={updateEventTypeAction}
        workspace={workspace}
        type={type}
        cancelHref={`/w/${slug}/event-types/${type.name}`}
        usualSchedule={[...DEFAULT_SCHEDULE]}
        now={new Date().toISOString()}
        zone={await readerZone()}
      />
    </Page>
  );
}
