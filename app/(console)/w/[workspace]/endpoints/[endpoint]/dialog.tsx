import { EnableDialog } from "@/components/endpoints/enable-dialog";
import { DeleteDialog, EndOldDialog, RotateDialog, TestDialog } from "@/components/endpoints/endpoint-dialogs";
import { endpointName } from "@/components/endpoints/endpoint-name";
import { countEffects, type EndpointDetail } from "@/lib/endpoints/queries.ts";
import { listEventTypes } from "@/lib/event-types/queries.ts";
import { formatId } from "@/lib/ids.ts";
import type { Actor } from "@/lib/web/session.ts";
import { can, type Permission } from "@/lib/workspaces/roles.ts";
import { deleteEndpointAction, enableEndpointAction, sendTestAction, verifyAndEnableAction } from "../actions";
import { endOldSecretsAction, rotateSecretAction } from "../secret-actions";

/** The dialogs of an endpoint's page, and who may open them. */
const DIALOGS = {
  test: "send",
  enable: "configure",
  rotate: "secrets",
  "end-old": "secrets",
  delete: "configure",
} satisfies Record<string, Permission>;
export type DialogName = keyof typeof DIALOGS;
export const DIALOG_NAMES = Object.keys(DIALOGS) as [DialogName, ...DialogName[]];

type EndpointDialogProps = { dialog: DialogName; actor: Actor; endpoint: EndpointDetail };

export async function EndpointDialog({ dialog, actor: { workspace, role }, endpoint }: EndpointDialogProps) {
  if (!can(role, DIALOGS[dialog])) return null;
  const id = formatId("ep", endpoint.id);
  const closeHref = `/w/${workspace.slug}/endpoints/${id}`;
  const common = { slug: workspace.slug, endpoint: id, name: endpointName(endpoint), closeHref };
  switch (dialog) {
    case "test":
      return <TestDialog {...common} action={sendTestAction} types={await listEventTypes(workspace.id)} />;
    case "enable":
      if (endpoint.status !== "disabled") return null;
      return (
        <EnableDialog {...common} detail={endpoint} action={verifyAndEnableAction} anyway={enableEndpointAction} />
      );
    case "rotate":
      return <RotateDialog {...common} action={rotateSecretAction} />;
    case "end-old":
      return <EndOldDialog {...common} action={endOldSecretsAction} />;
    case "delete":
      return (
        <DeleteDialog
          {...common}
          action={deleteEndpointAction}
          effects={await countEffects(workspace.id, endpoint.id)}
        />
      );
  }
}
