import { KeepFresh } from "@/components/get-started/keep-fresh";
import { ReverifyAll } from "@/components/requests/quarantine-actions";
import { ReverifyProgress } from "@/components/requests/reverify-progress";
import { formatId } from "@/lib/ids.ts";
import type { SourceHead } from "@/lib/reports/source-head.ts";
import { reverificationOf } from "@/lib/sources/reverification.ts";
import type { Actor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { reverifySourceAction } from "../quarantine-actions";

const RUNNING_EVERY_MS = 2_000;

/** Over the list of what waits: all of it once more, and how far that has come. */
export async function QuarantineBar({ actor: { workspace, role }, head }: { actor: Actor; head: SourceHead }) {
  const progress = await reverificationOf(workspace.id, head.id);
  const isRunning = progress !== null && !progress.finishedAt;
  if (!progress && (head.quarantined.count === 0 || !can(role, "retry"))) return null;
  return (
    <div className="flex flex-none flex-wrap items-center gap-x-3 gap-y-2 border-b py-2 pr-3 pl-(--gutter)">
      <span className="min-w-40 flex-1">
        <ReverifyProgress progress={progress} />
      </span>
      <ReverifyAll
        slug={workspace.slug}
        source={formatId("src", head.id)}
        waiting={head.quarantined}
        isRunning={isRunning}
        action={reverifySourceAction}
        mayRetry={can(role, "retry")}
      />
      {isRunning && <KeepFresh everyMs={RUNNING_EVERY_MS} />}
    </div>
  );
}
