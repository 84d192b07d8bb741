import { CopyFrom } from "@/components/deliveries/copy-from";
import { Button, LinkButton } from "@/components/ui/button";
import { can, leastRoleFor, type Role } from "@/lib/workspaces/roles.ts";
import type { Findings } from "./diagnose";

type AllAlikeProps = { findings: Findings; slug: string; role: Role };

type CardActionsProps = AllAlikeProps & {
  here: string;
  attempt: number | undefined;
  compareSuccess: string | null;
  share: string | null;
  /** The delivery's outside id, when it has failed. */
  since: string | null;
};

/** What a diagnosis leads to, beside the retry itself. */
export function CardActions({ here, attempt, compareSuccess, share, since, ...alike }: CardActionsProps) {
  return (
    <>
      <RetryAllAlike {...alike} />
      {since && can(alike.role, "retry") && (
        <LinkButton size="sm" href={`/w/${alike.slug}/jobs/new?kind=retry&since=${since}`} prefetch={false}>
          Retry failed since this…
        </LinkButton>
      )}
      {compareSuccess && (
        <LinkButton size="sm" href={compareSuccess} scroll={false}>
          <span>
            Compare<span className="max-md:sr-only"> with last</span> success
          </span>
        </LinkButton>
      )}
      <CopyForTicket here={here} attempt={attempt} />
      <CopyAsCurl here={here} attempt={attempt} />
      {share ? (
        <LinkButton size="sm" href={share} scroll={false}>
          Share
        </LinkButton>
      ) : (
        <Button size="sm" disabled title={`Needs the role ${leastRoleFor("share")}`}>
          Share
        </Button>
      )}
    </>
  );
}

/** Leads to the count and the preview of a bulk retry over the same failure. */
export function RetryAllAlike({ findings: { alike }, slug, role }: AllAlikeProps) {
  if (!alike) return null;
  if (!can(role, "retry")) {
    const needed = `Retrying them needs the role ${leastRoleFor("retry")}`;
    return (
      <LinkButton size="sm" href={alike.href} title={needed}>
        Review {alike.count} alike
      </LinkButton>
    );
  }
  return (
    <LinkButton size="sm" href={`/w/${slug}/jobs/new?kind=retry&${alike.query}`}>
      Retry all {alike.count}…
    </LinkButton>
  );
}

/** The delivery as Markdown. */
export function CopyForTicket({ here, attempt }: { here: string; attempt: number | undefined }) {
  return (
    <CopyFrom variant="secondary" href={copyHref(here, "ticket", attempt)} label="Copy for ticket, Markdown">
      Copy for ticket
    </CopyFrom>
  );
}

/** The call of the chosen attempt as a command. */
export function CopyAsCurl({ here, attempt }: { here: string; attempt: number | undefined }) {
  return (
    <CopyFrom variant="secondary" href={copyHref(here, "curl", attempt)} label="Copy as curl command">
      Copy as curl
    </CopyFrom>
  );
}

export function copyHref(here: string, form: string, attempt: number | undefined): string {
  return `${here}/copy?as=${form}${attempt === undefined ? "" : `&attempt=${attempt}`}`;
}
