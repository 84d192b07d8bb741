import { ListChecks, SearchCheck, SquareTerminal } from "lucide-react";
import Link from "next/link";
import { MENU_ITEM } from "@/components/deliveries/menu-item";
import { MoreMenu } from "@/components/deliveries/more-menu";
import { gapProvider } from "@/components/sources/gap-provider";
import { SourceStateForm } from "@/components/sources/state-form";
import { LinkButton } from "@/components/ui/button";
import { ICON_14 } from "@/components/ui/icon-size";
import { formatId } from "@/lib/ids.ts";
import type { SourceHead } from "@/lib/reports/source-head.ts";
import { can, type Role } from "@/lib/workspaces/roles.ts";
import { resumeSourceAction } from "../actions";

/** What can be done with the source itself. */
export function SourceActions({ slug, source, role }: { slug: string; source: SourceHead; role: Role }) {
  const id = formatId("src", source.id);
  const href = `/w/${slug}/sources/${id}`;
  const form = { workspace: slug, source: id, size: "md" } as const;
  return (
    <>
      {can(role, "send") && (
        <LinkButton href={`${href}/try`} prefetch={false}>
          Send test request…
        </LinkButton>
      )}
      {can(role, "configure") && (
        <>
          {source.status === "paused" && (
            <SourceStateForm action={resumeSourceAction} {...form}>
              Resume
            </SourceStateForm>
          )}
          <LinkButton href={`${href}/edit`} prefetch={false}>
            Edit
          </LinkButton>
        </>
      )}
      <MoreMenu label="More about this source">
        <Link href={`${href}/set-up`} prefetch={false} className={MENU_ITEM}>
          <ListChecks {...ICON_14} />
          Set-up steps
        </Link>
        <Link href={`${href}/try`} prefetch={false} className={MENU_ITEM}>
          <SquareTerminal {...ICON_14} />
          Forward to localhost
        </Link>
        {gapProvider(source.provider) && (
          <Link href={`${href}/gap-check`} prefetch={false} className={MENU_ITEM}>
            <SearchCheck {...ICON_14} />
            Gap check
          </Link>
        )}
      </MoreMenu>
    </>
  );
}
