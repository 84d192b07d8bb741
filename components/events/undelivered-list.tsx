import Link from "next/link";
import { pagePath } from "@/components/shell/paths";
import { UrlText } from "@/components/ui/chips";
import { urlParts } from "@/components/ui/format";
import { formatId } from "@/lib/ids.ts";
import type { Undelivered } from "@/lib/reports/undelivered.ts";
import type { FormAction } from "@/lib/web/action.ts";
import { ReplayTo } from "./replay-form";

type Props = { slug: string; eventId: string; rows: Undelivered[]; replay: FormAction | null };

/** Endpoints the event did not go to, each with the reason, and the way to send it there all the same. */
export function UndeliveredList({ slug, eventId, rows, replay }: Props) {
  return (
    <ul className="rounded-card border">
      {rows.map((row) => (
        <li
          key={row.id}
          className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-b py-1.5 pr-1.5 pl-3 last:border-b-0"
        >
          <Link href={pagePath(slug, "ep", row.id)} className="min-w-0 max-w-full truncate text-sm hover:underline">
            <UrlText url={row.url} />
          </Link>
          <span className="text-fg-2 text-sm [overflow-wrap:anywhere]">{row.reason}</span>
          {replay && row.status !== "disabled" && (
            <span className="ml-auto">
              <ReplayTo
                slug={slug}
                action={replay}
                eventId={eventId}
                endpointId={formatId("ep", row.id)}
                host={urlParts(row.url).host}
              />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
