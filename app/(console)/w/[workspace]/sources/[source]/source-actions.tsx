import { LinkButton } from "@/components/ui/button";
import { formatId } from "@/lib/ids.ts";
import type { SourceHead } from "@/lib/reports/source-head.ts";
import { can, type Role } from "@/lib/workspaces/roles.ts";

/** What can be done with the source itself. */
export function SourceActions({ slug, source, role }: { slug: string; source: SourceHead; role: Role }) {
  if (!can(role, "configure")) return null;
  return <LinkButton href={`/w/${slug}/sources/${formatId("src", source.id)}/edit`}>Edit</LinkButton>;
}
