import { redirect } from "next/navigation";
import { readProgress } from "@/lib/get-started/progress.ts";
import { requireActor } from "@/lib/web/session.ts";

type Props = { params: Promise<{ workspace: string }> };

/** Where a workspace opens: on its first steps until they are done or dismissed, then on its overview. */
export default async function WorkspacePage({ params }: Props) {
  const { workspace } = await requireActor((await params).workspace);
  const { slug, getStartedDismissedAt } = workspace;
  if (getStartedDismissedAt) redirect(`/w/${slug}/overview`);
  const { done, of } = await readProgress(workspace.id);
  redirect(done < of ? `/w/${slug}/get-started` : `/w/${slug}/overview`);
}
