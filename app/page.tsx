import { redirect } from "next/navigation";
import { LinkButton } from "@/components/ui/button";
import { ProblemPage } from "@/components/ui/problem-page";
import { hasPeople } from "@/lib/accounts/set-up-token.ts";
import { signUpMode } from "@/lib/accounts/sign-up.ts";
import { currentUser } from "@/lib/web/session.ts";
import { listWorkspacesOf } from "@/lib/workspaces/queries.ts";

/** The way in: to the workspace, to sign-in, or for the very first person to sign-up. */
export default async function RootPage() {
  const user = await currentUser();
  if (!user) {
    const first = !(await hasPeople()) && (await signUpMode()) !== "closed";
    redirect(first ? "/sign-up" : "/sign-in");
  }
  const [workspace] = await listWorkspacesOf(user.id);
  if (workspace) redirect(`/w/${workspace.slug}`);

  return (
    <main>
      <ProblemPage title="You are not a member of any workspace" actions={<LinkButton href="/">Try again</LinkButton>}>
        <p>You are signed in as {user.email}. Ask an owner or admin of your workspace for an invitation.</p>
      </ProblemPage>
    </main>
  );
}
