import { SourceStatusBadge } from "@/components/sources/source-status";
import { SourceStateForm } from "@/components/sources/state-form";
import { LinkButton } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { formatId } from "@/lib/ids.ts";
import type { SourceDetail } from "@/lib/sources/queries.ts";
import type { Actor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { enableSourceAction, pauseSourceAction, resumeSourceAction } from "../../actions";

const WORDS = {
  active: "Requests are taken.",
  paused: "Callers get 503, which asks them to send again later. Nothing is kept.",
  disabled: "Its URL answers 404, as if it were nobody's. Nothing is kept.",
};

/** Whether it takes requests at all, and how that is ended. */
export function EndPart({ actor: { workspace, role }, source }: { actor: Actor; source: SourceDetail }) {
  const id = formatId("src", source.id);
  const href = `/w/${workspace.slug}/sources/${id}/edit`;
  const form = { workspace: workspace.slug, source: id };
  return (
    <Section title="Status">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <SourceStatusBadge status={source.status} />
        <span className="text-fg-2 text-sm">{WORDS[source.status]}</span>
      </div>
      <div className="mt-3 flex flex-wrap gap-2">
        {source.status === "active" && (
          <SourceStateForm action={pauseSourceAction} {...form}>
            Pause
          </SourceStateForm>
        )}
        {source.status === "paused" && (
          <SourceStateForm action={resumeSourceAction} {...form}>
            Resume
          </SourceStateForm>
        )}
        {source.status === "disabled" ? (
          <SourceStateForm action={enableSourceAction} {...form}>
            Enable
          </SourceStateForm>
        ) : (
          <LinkButton href={`${href}?dialog=disable`} scroll={false}>
            Disable…
          </LinkButton>
        )}
        {can(role, "secrets") && (
          <LinkButton href={`${href}?dialog=new-url`} scroll={false}>
            New URL…
          </LinkButton>
        )}
        <LinkButton href={`${href}?dialog=delete`} variant="danger-quiet" scroll={false}>
          Delete…
        </LinkButton>
      </div>
    </Section>
  );
}
