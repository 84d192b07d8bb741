import { isFormType } from "@/components/requests/body-block";
import { LinkButton } from "@/components/ui/button";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { can } from "@/lib/workspaces/roles.ts";
import { saveExampleAction } from "./actions";
import type { Opened } from "./load";

/** What the body teaches of its event type: an example, a schema. */
export function BodyActions({ opened, slug }: { opened: Opened; slug: string }) {
  const { actor, row, timeline, outsideId } = opened;
  const event = timeline.steps.find((step) => step.kind === "event");
  if (event?.kind !== "event" || !row.body || isFormType(row.contentType)) return null;
  if (!can(actor.role, "configure") || !/\bjson\b/i.test(row.contentType ?? "")) return null;
  return (
    <span className="ml-auto flex flex-wrap items-center" data-print="hide">
      <ActionForm action={saveExampleAction} workspace={slug} feedback="toast">
        <input type="hidden" name="request" value={outsideId} />
        <SubmitButton variant="quiet" size="sm">
          Save as example
        </SubmitButton>
      </ActionForm>
      <LinkButton
        href={`/w/${slug}/event-types/${encodeURIComponent(event.type)}/edit?schema=events`}
        prefetch={false}
        variant="quiet"
        size="sm"
      >
        Infer schema…
      </LinkButton>
    </span>
  );
}
