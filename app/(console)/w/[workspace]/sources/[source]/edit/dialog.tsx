import {
  DeleteSourceDialog,
  DisableSourceDialog,
  EndSecretDialog,
  NewUrlDialog,
} from "@/components/sources/source-dialogs";
import { formatId } from "@/lib/ids.ts";
import { sourceFigures } from "@/lib/reports/source-figures.ts";
import type { SourceDetail } from "@/lib/sources/queries.ts";
import type { Actor } from "@/lib/web/session.ts";
import { can, type Permission } from "@/lib/workspaces/roles.ts";
import { deleteSourceAction, disableSourceAction, rotateUrlAction } from "../../actions";
import { endSourceSecretAction } from "../../secret-actions";

/** The dialogs of a source's settings, and who may open them. */
const DIALOGS = {
  "end-secret": "secrets",
  "new-url": "secrets",
  disable: "configure",
  delete: "configure",
} satisfies Record<string, Permission>;
export type DialogName = keyof typeof DIALOGS;
export const DIALOG_NAMES = Object.keys(DIALOGS) as [DialogName, ...DialogName[]];

type SourceDialogProps = { dialog: DialogName; secretId: string | undefined; actor: Actor; source: SourceDetail };

export async function SourceDialog({ dialog, secretId, actor: { workspace, role }, source }: SourceDialogProps) {
  if (!can(role, DIALOGS[dialog])) return null;
  const id = formatId("src", source.id);
  const closeHref = `/w/${workspace.slug}/sources/${id}/edit`;
  const common = { slug: workspace.slug, source: id, name: source.name, closeHref };
  switch (dialog) {
    case "end-secret": {
      const secret = source.secrets.find((one) => one.id === secretId);
      if (!secret) return null;
      return (
        <EndSecretDialog
          {...common}
          action={endSourceSecretAction}
          secretId={secret.id}
          ending={secret.ending}
          isLast={source.secrets.length === 1}
        />
      );
    }
    case "new-url":
      return <NewUrlDialog {...common} action={rotateUrlAction} />;
    case "disable":
      if (source.status === "disabled") return null;
      return <DisableSourceDialog {...common} action={disableSourceAction} />;
    case "delete": {
      const figures = (await sourceFigures(workspace.id, [source.id])).get(source.id);
      return (
        <DeleteSourceDialog
          {...common}
          action={deleteSourceAction}
          requestsLastDay={figures?.total ?? 0}
          atLeast={figures?.atLeast ?? false}
        />
      );
    }
  }
}
