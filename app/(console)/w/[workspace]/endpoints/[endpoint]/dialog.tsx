import {
  DeleteDialog,
  EndOldDialog,
  type RetryChoice,
  RetryFailedDialog,
  RotateDialog,
  TestDialog,
} from "@/components/endpoints/endpoint-dialogs";
import { endpointName } from "@/components/endpoints/endpoint-name";
import { fullTime } from "@/components/ui/format-time";
import { readerZone } from "@/components/ui/time";
import { countEffects, type EndpointDetail } from "@/lib/endpoints/queries.ts";
import { listEventTypes } from "@/lib/event-types/queries.ts";
import { formatId } from "@/lib/ids.ts";
import { countDeliveries } from "@/lib/reports/count-deliveries.ts";
import type { Actor } from "@/lib/web/session.ts";
import { can, type Permission } from "@/lib/workspaces/roles.ts";
import { deleteEndpointAction, retryFailedAction, sendTestAction } from "../actions";
import { endOldSecretsAction, rotateSecretAction } from "../secret-actions";

/** The dialogs of an endpoint's page, and who may open them. */
const DIALOGS = {
  test: "send",
  retry: "retry",
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
    case "retry":
      return (
        <RetryFailedDialog
          {...common}
          action={retryFailedAction}
          choices={await retryChoices(workspace.id, endpoint)}
          active={endpoint.status === "active"}
        />
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

const HOUR_MS = 3_600_000;
const PRESETS = [
  { label: "Last hour", hours: 1 },
  { label: "Last 6 hours", hours: 6 },
  { label: "Last 24 hours", hours: 24 },
  { label: "Last 3 days", hours: 72 },
  { label: "Last 7 days", hours: 168 },
];

/** From when failed deliveries can be retried, each with how many that are. */
async function retryChoices(workspaceId: string, { id, failingSince }: EndpointDetail): Promise<RetryChoice[]> {
  const [now, zone] = [new Date(), await readerZone()];
  const presets = PRESETS.map(({ label, hours }) => ({ label, since: new Date(now.getTime() - hours * HOUR_MS) }));
  const starts = failingSince ? [{ label: "This outage", since: failingSince }, ...presets] : presets;
  return Promise.all(
    starts.map(async ({ label, since }) => ({
      label,
      since,
      when: fullTime(since, zone, now),
      ...(await countDeliveries(workspaceId, { status: ["failed"], endpointId: id, from: since })),
    })),
  );
}
