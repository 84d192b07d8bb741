import { CopyFrom } from "@/components/deliveries/copy-from";
import { QuarantineButtons } from "@/components/requests/quarantine-actions";
import { QuarantineCard } from "@/components/requests/quarantine-card";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatId } from "@/lib/ids.ts";
import { lookAgainAt } from "@/lib/sources/look-again.ts";
import { reverificationOf } from "@/lib/sources/reverification.ts";
import { QUARANTINED } from "@/lib/sources/states.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { factsOf } from "../../../form-data";
import {
  acceptAnywayAction,
  addSecretAndReverifyAction,
  processAgainAction,
  reverifyRequestAction,
  reverifySourceAction,
} from "../../../quarantine-actions";
import type { Opened } from "./load";

const ACTIONS = {
  addSecret: addSecretAndReverifyAction,
  reverifySource: reverifySourceAction,
  reverifyRequest: reverifyRequestAction,
  acceptAnyway: acceptAnywayAction,
};

type Props = { opened: Opened; slug: string; here: string };

/** Why a request did not become an event, and what can be done about it; nothing for those that did. */
export async function QuarantineSlot({ opened, slug, here }: Props) {
  const { row, head, actor, outsideId } = opened;
  if (row.verdict === "duplicate") return <Duplicate opened={opened} slug={slug} />;
  if (!QUARANTINED.includes(row.verdict)) return null;
  const [looked, progress] = await Promise.all([
    lookAgainAt(actor.workspace.id, row.id),
    reverificationOf(actor.workspace.id, head.id),
  ]);
  if (!looked) return null;
  const place = {
    slug,
    source: formatId("src", head.id),
    request: outsideId,
    provider: factsOf(head.provider),
    secretCount: head.secrets.length,
    waiting: head.quarantined,
    may: {
      secrets: can(actor.role, "secrets"),
      configure: can(actor.role, "configure"),
      retry: can(actor.role, "retry"),
    },
    isRunning: progress !== null && !progress.finishedAt,
  };
  return (
    // The card keeps its own distance from what is above.
    <div className="-mt-3">
      <QuarantineCard
        slug={slug}
        {...looked}
        progress={progress}
        actions={
          <>
            <QuarantineButtons place={place} diagnosis={looked.diagnosis} actions={ACTIONS} />
            {row.body && (
              <CopyFrom href={`${here}/copy?as=curl`} label="Copy as curl command" variant="secondary">
                Copy as curl
              </CopyFrom>
            )}
          </>
        }
      />
    </div>
  );
}

/** A provider that sends again on a person's wish means it: then it shall be an event of its own. */
function Duplicate({ opened: { row, head, actor, outsideId }, slug }: Omit<Props, "here">) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-card border border-border-strong px-3.5 py-2.5 text-sm">
      <p className="min-w-60 flex-1">
        The provider sent this before{row.externalId && " under the same ID"}, so it was answered {row.answerStatus} and
        became no event of its own.
      </p>
      {can(actor.role, "retry") && row.body && (
        <ActionForm action={processAgainAction} workspace={slug} feedback="toast">
          <input type="hidden" name="source" value={formatId("src", head.id)} />
          <input type="hidden" name="request" value={outsideId} />
          <SubmitButton variant="secondary" size="sm">
            Process again
          </SubmitButton>
        </ActionForm>
      )}
    </div>
  );
}
