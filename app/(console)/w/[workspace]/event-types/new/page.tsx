import type { Metadata } from "next";
import { EventTypeForm } from "@/components/event-types/event-type-form";
import { Page, PageHeader } from "@/components/ui/page";
import { readerZone } from "@/components/ui/time";
import { DEFAULT_SCHEDULE } from "@/lib/delivery/retry-policy.ts";
import { requireActor } from "@/lib/web/session.ts";
import { createEventTypeAction } from "../actions";
import { DRAFT_TOOLS } from "../draft-tools";

export const metadata: Metadata = { title: "New event type" };

export default async function NewEventTypePage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await requireActor((await params).workspace, "configure");
  return (
    <Page flush>
      <PageHeader title="New event type" />
      <EventTypeForm
        action={createEventTypeAction}
        workspace={workspace}
        type={null}
        tools={DRAFT_TOOLS}
        cancelHref={`/w/${workspace.slug}/event-types`}
        usualSchedule={[...DEFAULT_SCHEDULE]}
        now={new Date().toISOString()}
        zone={await readerZone()}
      />
    </Page>
  );
}
