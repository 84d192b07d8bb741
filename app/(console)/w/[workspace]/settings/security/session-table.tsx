import { Tag } from "@/components/ui/badge";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { browserName } from "@/lib/accounts/browser-name.ts";
import type { SessionRow } from "@/lib/accounts/sessions.ts";
import { formatId } from "@/lib/ids.ts";
import { endSessionAction } from "./actions";

type SessionTableProps = { sessions: SessionRow[]; current: string };

export function SessionTable({ sessions, current }: SessionTableProps) {
  return (
    <Table label="Sessions" framed>
      <thead>
        <tr>
          <Th lead>Browser</Th>
          <Th className="w-36 max-md:hidden">Signed in</Th>
          <Th className="w-28">Last seen</Th>
          <Th className="w-26">
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <Tr key={session.id}>
            <Td lead className="py-1.5">
              <span className="block truncate font-medium" title={session.userAgent ?? undefined}>
                {browserName(session.userAgent)} {session.id === current && <Tag>This browser</Tag>}
              </span>
              <span className="mono block truncate text-fg-3">{session.address ?? "unknown address"}</span>
            </Td>
            <Td className="max-md:hidden">
              <Time at={session.createdAt} mode="day" />
            </Td>
            <Td>
              <Time at={session.lastSeenAt} mode="relative" />
            </Td>
            <Td end>
              <ActionForm action={endSessionAction} feedback="toast">
                <input type="hidden" name="id" value={formatId("ses", session.id)} />
                <SubmitButton
                  variant="secondary"
                  size="sm"
                  aria-label={`Sign out ${browserName(session.userAgent)}, ${session.address ?? "unknown address"}`}
                >
                  Sign out
                </SubmitButton>
              </ActionForm>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
