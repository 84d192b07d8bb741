import { ArrowRight, FileDiff, Link2, PencilLine } from "lucide-react";
import Link from "next/link";
import { CancelButton } from "@/components/deliveries/cancel-button";
import { COPY_FORMS } from "@/components/deliveries/copy-forms";
import { CopyFrom } from "@/components/deliveries/copy-from";
import { MENU_ITEM } from "@/components/deliveries/menu-item";
import { MoreMenu } from "@/components/deliveries/more-menu";
import { PrintItem } from "@/components/deliveries/print-item";
import { isCancellable, shownStatus } from "@/components/deliveries/row-view";
import { Badge } from "@/components/ui/badge";
import { Button, LinkButton } from "@/components/ui/button";
import { UrlText } from "@/components/ui/chips";
import { ICON_14 } from "@/components/ui/icon-size";
import { Kbd } from "@/components/ui/kbd";
import { PageHeader } from "@/components/ui/page";
import { StatusBadge } from "@/components/ui/status-badge";
import { formatId } from "@/lib/ids.ts";
import { can, leastRoleFor, type Role } from "@/lib/workspaces/roles.ts";
import { cancelDeliveryAction } from "../actions";
import { copyHref } from "./card-actions";
import type { LoadedDelivery } from "./load";
import { type Among, NeighbourLinks } from "./neighbours";
import { mayGoNow, RetryButton } from "./retry-button";

export type HeadProps = {
  loaded: LoadedDelivery;
  slug: string;
  role: Role;
  here: string;
  /** The chosen attempt's number. */
  attempt: number | undefined;
  among: Among | null;
  /** Addresses; null where there is nothing of the kind. */
  edit: string | null;
  compare: string | null;
  share: string | null;
};

/** What it is, how it stands, and what can be done with it. */
export function DeliveryHead(props: HeadProps) {
  const { loaded, slug, role, among, edit } = props;
  const { row, endpoint } = loaded;
  const shown = shownStatus(row, new Date());
  return (
    <>
      <PageHeader
        title={row.eventType}
        actions={
          <>
            {among && (
              <span className="max-md:hidden">
                <NeighbourLinks among={among} />
              </span>
            )}
            {row.event && <EditLink href={edit} />}
            {can(role, "retry") && isCancellable(shown) && (
              <span data-print="hide">
                <CancelButton
                  slug={slug}
                  delivery={formatId("dlv", row.id)}
                  eventType={row.eventType}
                  action={cancelDeliveryAction}
                  skips={endpoint?.ordering === "strict" && row.released}
                />
              </span>
            )}
            {mayGoNow(loaded, shown) && (
              <RetryButton delivery={row} slug={slug} role={role} className="max-md:hidden" />
            )}
            <span className="max-md:hidden">
              <DeliveryMenu {...props} />
            </span>
          </>
        }
      >
        <StatusBadge status={shown} />
        {row.test && <Badge>Test</Badge>}
        {row.event?.editedFrom && <Badge icon={PencilLine}>Edited</Badge>}
      </PageHeader>
      <Target loaded={loaded} slug={slug} />
    </>
  );
}

function EditLink({ href }: { href: string | null }) {
  if (!href) {
    const needed = `Needs the role ${leastRoleFor("send")}`;
    return (
      <Button disabled title={needed} className="max-md:hidden" data-print="hide">
        Edit & replay…
      </Button>
    );
  }
  return (
    <LinkButton href={href} className="max-md:hidden" aria-keyshortcuts="Shift+R" data-print="hide">
      Edit & replay…
    </LinkButton>
  );
}

function Target({ loaded: { row, endpoint }, slug }: Pick<HeadProps, "loaded" | "slug">) {
  return (
    <p className="-mt-1 mb-1 flex gap-1.5 text-sm">
      <ArrowRight {...ICON_14} className="mt-[3px] text-fg-3" />
      <span className="flex min-w-0 flex-wrap gap-x-1.5">
        <UrlText
          url={row.endpoint?.url ?? ""}
          className="line-clamp-2 print:line-clamp-none min-w-0 [overflow-wrap:anywhere]"
        />
        {endpoint ? (
          <Link
            href={`/w/${slug}/endpoints/${formatId("ep", row.endpointId)}`}
            className="link max-w-full truncate"
            title={endpoint.description || undefined}
          >
            {endpoint.description || "Endpoint"}
          </Link>
        ) : (
          <span className="text-fg-3">endpoint deleted</span>
        )}
      </span>
    </p>
  );
}

/** The phone's bar: beside it, retry, and the rest. */
export function BottomBar(props: HeadProps) {
  const { loaded, slug, role, among } = props;
  const shown = shownStatus(loaded.row, new Date());
  return (
    <div
      data-print="hide"
      data-sticky
      className="fixed inset-x-0 bottom-0 z-5 flex items-center gap-2 border-border-strong border-t bg-bg px-4 py-2 md:hidden"
    >
      {among && <NeighbourLinks among={among} />}
      <span className="flex-1">
        {mayGoNow(loaded, shown) && <RetryButton delivery={loaded.row} slug={slug} role={role} className="w-full" />}
      </span>
      <DeliveryMenu {...props} up />
    </div>
  );
}

function DeliveryMenu({ here, attempt, edit, compare, share, up }: HeadProps & { up?: boolean }) {
  return (
    <MoreMenu label="More actions" up={up}>
      {Object.entries(COPY_FORMS).map(([form, { label }]) => (
        <CopyFrom
          key={form}
          href={copyHref(here, form, attempt)}
          label={`Copy as ${label}`}
          variant="item"
          className={MENU_ITEM}
        >
          {`Copy as ${label}`}
        </CopyFrom>
      ))}
      <CopyFrom
        href={copyHref(here, "ticket", attempt)}
        label="Copy for ticket, Markdown"
        variant="item"
        className={MENU_ITEM}
      >
        Copy for ticket
      </CopyFrom>
      {compare && (
        <Link href={compare} scroll={false} className={MENU_ITEM}>
          <FileDiff {...ICON_14} />
          Compare attempts…
          <Kbd keys="d" className="ml-auto" />
        </Link>
      )}
      {edit && (
        <Link href={edit} className={MENU_ITEM}>
          <PencilLine {...ICON_14} />
          Edit & replay…
          <Kbd keys="Shift+r" className="ml-auto" />
        </Link>
      )}
      {share && (
        <Link href={share} scroll={false} className={MENU_ITEM}>
          <Link2 {...ICON_14} />
          Share…
        </Link>
      )}
      <PrintItem />
    </MoreMenu>
  );
}
