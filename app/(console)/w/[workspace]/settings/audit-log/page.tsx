import { ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page";
import { Pagination } from "@/components/ui/pagination";
import { listAuditChoices, listAuditEntries } from "@/lib/audit/queries.ts";
import { requireActor } from "@/lib/web/session.ts";
import { AuditFilters } from "./audit-filters";
import { AuditTable } from "./audit-table";

export const metadata: Metadata = { title: "Audit log" };

const word = z.string().min(1).max(100).optional().catch(undefined);
const search = z.object({
  actor: word,
  subject: word,
  before: z.uuid().optional().catch(undefined),
  after: z.uuid().optional().catch(undefined),
});

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<unknown> };

export default async function AuditLogPage({ params, searchParams }: Props) {
  const { workspace } = await requireActor((await params).workspace);
  const { before, after, ...filter } = search.parse(await searchParams);
  const [{ rows, next, previous }, choices] = await Promise.all([
    listAuditEntries(workspace.id, filter, { before, after }),
    listAuditChoices(workspace.id),
  ]);
  const href = (cursor: Record<string, string | undefined>) => `?${query({ ...filter, ...cursor })}`;

  return (
    <Page width="detail">
      <PageHeader title="Audit log" />
      <AuditFilters {...choices} actor={filter.actor} subject={filter.subject} />
      {rows.length > 0 ? (
        <AuditTable entries={rows} workspace={workspace.slug} />
      ) : (
        <EmptyState icon={ScrollText} title="Nothing matches these filters">
          <p>Every change is kept here: who made it, when and from where.</p>
        </EmptyState>
      )}
      <Pagination
        previous={previous && href({ after: previous })}
        next={next && href({ before: next })}
        className="mt-1"
      />
    </Page>
  );
}

function query(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(given).toString();
}
