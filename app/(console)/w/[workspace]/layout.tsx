import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ChartPatterns } from "@/components/charts/chart-patterns";
import { JobProgress } from "@/components/jobs/job-progress";
import { underWayOf } from "@/components/jobs/under-way";
import { ClosePopovers } from "@/components/shell/close-popovers";
import { GetStartedLink } from "@/components/shell/get-started-link";
import { Leaving } from "@/components/shell/leaving";
import { ShellKeys } from "@/components/shell/shell-keys";
import { Sidebar } from "@/components/shell/sidebar";
import { TimeCards } from "@/components/shell/time-cards";
import { Topbar } from "@/components/shell/topbar";
import { UserMenu } from "@/components/shell/user-menu";
import { WorkspaceSwitcher } from "@/components/shell/workspace-switcher";
import { knownZone } from "@/components/ui/format-time";
import { listJobsUnderWay } from "@/lib/bulk-jobs/queries.ts";
import { readProgress } from "@/lib/get-started/progress.ts";
import { liveHub } from "@/lib/live/hub.ts";
import { signOut } from "@/lib/web/auth.ts";
import { readPreferences } from "@/lib/web/preferences.ts";
import { requireActor } from "@/lib/web/session.ts";
import { listWorkspacesOf } from "@/lib/workspaces/queries.ts";
import { can, permissionsOf } from "@/lib/workspaces/roles.ts";

type Props = { params: Promise<{ workspace: string }>; children: ReactNode };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace } = await requireActor((await params).workspace);
  return { title: { default: workspace.name, template: `%s · ${workspace.name} · Posthorn` } };
}

export default async function WorkspaceLayout({ params, children }: Props) {
  const { user, workspace, role } = await requireActor((await params).workspace);
  const [workspaces, { theme, zone, patterns }, progress, jobs] = await Promise.all([
    listWorkspacesOf(user.id),
    readPreferences(),
    workspace.getStartedDismissedAt ? null : readProgress(workspace.id),
    listJobsUnderWay(workspace.id),
  ]);
  const { slug, environment } = workspace;

  return (
    <div
      data-print="block"
      className="md:grid md:min-h-dvh md:grid-cols-[56px_minmax(0,1fr)] xl:grid-cols-[232px_minmax(0,1fr)]"
    >
      <a
        href="#main"
        className="absolute top-2 left-2 z-30 rounded-control bg-bg px-3 py-1.5 shadow-float not-focus:[clip-path:inset(50%)]"
      >
        Skip to content
      </a>
      <ClosePopovers />
      <ShellKeys slug={slug} user={user.id} creates={can(role, "configure")} />
      <TimeCards />
      {patterns && <ChartPatterns />}
      <Sidebar
        slug={slug}
        switcher={<WorkspaceSwitcher current={workspace} workspaces={workspaces} />}
        foot={
          <>
            {progress && progress.done < progress.of && <GetStartedLink slug={slug} progress={progress} />}
            <UserMenu
              user={user}
              theme={theme}
              zone={knownZone(zone)}
              settings={`/w/${slug}/settings`}
              signOut={signOutOfThisBrowser}
            />
          </>
        }
      />
      <div className="min-w-0">
        <Topbar
          slug={slug}
          environment={environment}
          progress={<JobProgress href={`/w/${slug}/jobs/progress`} initial={underWayOf(slug, jobs)} />}
          search={{ slug, user: user.id, may: permissionsOf(role), workspaces }}
          liveMark={liveHub().mark(workspace.id)}
        />
        <main id="main" tabIndex={-1} className="outline-none">
          <Leaving>{children}</Leaving>
        </main>
      </div>
    </div>
  );
}

async function signOutOfThisBrowser() {
  "use server";
  await signOut({ redirectTo: "/sign-in" });
}
