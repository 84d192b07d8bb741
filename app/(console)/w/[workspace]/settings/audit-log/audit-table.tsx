import Link from "next/link";
import { None, Table, Td, Th, Tr } from "@/components/ui/table";
import { readerZone, Time } from "@/components/ui/time";
import type { AuditRow } from "@/lib/audit/queries.ts";
import { actionWords, detailLines } from "@/lib/audit/wording.ts";
import { idTime, prefixOf } from "@/lib/ids.ts";

export async function AuditTable({ entries, workspace }: { entries: AuditRow[]; workspace: string }) {
  const zone = await readerZone();
  return (
    <Table label="Audit log" framed minWidth={880}>
      <thead>
        <tr>
          <Th lead className="w-44">
            When ({zone})
          </Th>
          <Th className="w-48">Who</Th>
          <Th className="w-52">What</Th>
          <Th>Which</Th>
          <Th className="w-64">Change</Th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Tr key={entry.id}>
            <Td lead>
              <Time at={idTime(entry.id)} zone={zone} />
            </Td>
            <Td className="py-1.5">
              <span className="block truncate">{entry.actorName}</span>
              {entry.address && <span className="mono block truncate text-fg-3">{entry.address}</span>}
            </Td>
            <Td>{actionWords(entry.action)}</Td>
            <Td>
              <Target entry={entry} workspace={workspace} />
            </Td>
            <Td className="whitespace-normal py-1.5 text-xs [overflow-wrap:anywhere]">
              <Detail detail={entry.detail} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Target({ entry, workspace }: { entry: AuditRow; workspace: string }) {
  const path = pathOf(entry);
  if (!path) return <>{entry.targetName}</>;
  return (
    <Link href={`/w/${workspace}/${path}`} className="link">
      {entry.targetName}
    </Link>
  );
}

/** Where what was changed can be seen, if it has a page. */
function pathOf({ action, target }: AuditRow): string | null {
  if (action.startsWith("event_type.")) return `event-types/${encodeURIComponent(target)}`;
  const PAGES: Partial<Record<string, string>> = {
    ep: `endpoints/${target}`,
    dlv: `deliveries/${target}`,
    evt: `events/${target}`,
    usr: `settings/team/${target}`,
    inv: "settings/team",
    key: "settings/api-keys",
    ws: "settings",
  };
  return PAGES[prefixOf(target) ?? ""] ?? null;
}

function Detail({ detail }: { detail: unknown }) {
  const lines = detailLines(detail);
  if (lines.length === 0) return <None />;
  return lines.map(({ name, from, to }) => (
    <span key={name} className="block">
      <span className="text-fg-3">{name}</span> {from !== null && <del className="text-fg-3">{from}</del>} {to}
    </span>
  ));
}
