import { Download, FileDiff } from "lucide-react";
import Link from "next/link";
import { COPY_FORMS } from "@/components/deliveries/copy-forms";
import { CopyFrom } from "@/components/deliveries/copy-from";
import { MENU_ITEM } from "@/components/deliveries/menu-item";
import { MoreMenu } from "@/components/deliveries/more-menu";
import { ReplayForm } from "@/components/events/replay-form";
import { ICON_14 } from "@/components/ui/icon-size";
import { formatId } from "@/lib/ids.ts";
import { listFilterChoices } from "@/lib/reports/filter-choices.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { replayEventAction } from "../../../../events/actions";
import type { Opened } from "./load";
import type { PaneChange } from "./reading";

type MenuProps = { opened: Opened; here: string; hrefOf: (change: PaneChange) => string };

/** What can be done with any request, whatever the verdict. */
export function RequestMenu({ opened, here, hrefOf }: MenuProps) {
  const hasBody = opened.row.body !== null;
  return (
    <MoreMenu label="More actions" quiet>
      {hasBody &&
        Object.entries(COPY_FORMS).map(([form, { label }]) => (
          <CopyFrom
            key={form}
            href={`${here}/copy?as=${form}`}
            label={`Copy as ${label}`}
            variant="item"
            className={MENU_ITEM}
          >
            {`Copy as ${label}`}
          </CopyFrom>
        ))}
      <Link href={hrefOf({ compare: opened.outsideId })} scroll={false} prefetch={false} className={MENU_ITEM}>
        <FileDiff {...ICON_14} />
        Compare with…
      </Link>
      {hasBody && (
        <a href={`${here}/body`} download className={MENU_ITEM}>
          <Download {...ICON_14} />
          Download body
        </a>
      )}
    </MoreMenu>
  );
}

/** New deliveries of the event it became, or is the same as. */
export async function Replay({ opened, slug }: { opened: Opened; slug: string }) {
  const { actor, row, timeline } = opened;
  const event = row.eventIds[0] ?? row.duplicateOf;
  const isThere = timeline.steps.some((step) => step.kind === "event" && step.id === event);
  if (!event || !isThere || !can(actor.role, "retry")) return null;
  const { endpoints } = await listFilterChoices(actor.workspace.id);
  if (endpoints.length === 0) return null;
  return (
    <div className="ml-auto max-md:ml-0">
      <ReplayForm
        slug={slug}
        action={replayEventAction}
        eventId={formatId("evt", event)}
        newEndpointHref={null}
        variant="secondary"
        endpoints={endpoints.map((endpoint) => ({ ...endpoint, id: formatId("ep", endpoint.id) }))}
      />
    </div>
  );
}
