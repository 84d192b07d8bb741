import type { SourceHead } from "@/lib/reports/source-head.ts";
import { sourceUrl } from "@/lib/sources/open-source.ts";
import { MASK } from "@/lib/sources/sealed.ts";
import { can, type Role } from "@/lib/workspaces/roles.ts";

/** The source's address; who knows the whole of it may post, so it is masked for those who cannot set a source up. */
export function shownUrl({ token }: Pick<SourceHead, "token">, role: Role): string {
  return sourceUrl(can(role, "configure") ? token : MASK);
}
