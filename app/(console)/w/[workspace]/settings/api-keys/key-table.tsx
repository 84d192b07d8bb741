import { Badge, Tag } from "@/components/ui/badge";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { None, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ApiKeyRow } from "@/lib/api-keys/queries.ts";
import { SCOPES } from "@/lib/api-keys/scopes.ts";
import { formatId } from "@/lib/ids.ts";
import { revokeApiKeyAction } from "./actions";

const UNUSED_DAYS = 90;

type KeyTableProps = { keys: ApiKeyRow[]; workspace: string; may: boolean };

export function KeyTable({ keys, workspace, may }: KeyTableProps) {
  return (
    <Table label="API keys" framed>
      <thead>
        <tr>
          <Th lead>Name</Th>
          <Th className="w-28 max-md:hidden">Key</Th>
          <Th className="w-64 max-lg:hidden">May</Th>
          <Th className="w-40 max-md:hidden">Last used</Th>
          <Th className="w-28 max-lg:hidden">Expires</Th>
          <Th className="w-26">
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <Tr key={key.id} className={key.works ? undefined : "text-fg-3"}>
            <Td lead className="py-1.5">
              <span className="block truncate font-medium">{key.name}</span>
              <span className="block truncate text-fg-3 text-xs">
                <Time at={key.createdAt} mode="day" /> by {key.createdBy ?? "Posthorn"}
              </span>
              <KeyFacts apiKey={key} />
            </Td>
            <Td className="mono text-fg-2 max-md:hidden">ph_…{key.lastFour}</Td>
            <Td className="whitespace-normal py-1.5 max-lg:hidden">
              <Scopes scopes={key.scopes} />
            </Td>
            <Td className="max-md:hidden">
              <LastUsed apiKey={key} />
            </Td>
            <Td className="max-lg:hidden">{key.expiresAt ? <Time at={key.expiresAt} mode="day" /> : "Never"}</Td>
            <Td>
              <KeyEnd apiKey={key} workspace={workspace} may={may} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

/** What narrow screens have no columns for. */
function KeyFacts({ apiKey }: { apiKey: ApiKeyRow }) {
  return (
    <span className="block whitespace-normal text-fg-3 text-xs lg:hidden">
      <span className="mono md:hidden">ph_…{apiKey.lastFour} </span>
      {apiKey.scopes.map((scope) => SCOPES[scope]).join(", ")}
    </span>
  );
}

function Scopes({ scopes }: { scopes: ApiKeyRow["scopes"] }) {
  if (scopes.length === Object.keys(SCOPES).length) return <Tag>Everything</Tag>;
  return (
    <span className="flex flex-wrap gap-1">
      {scopes.map((scope) => (
        <Tag key={scope}>{SCOPES[scope]}</Tag>
      ))}
    </span>
  );
}

function LastUsed({ apiKey }: { apiKey: ApiKeyRow }) {
  const idleDays = (Date.now() - (apiKey.lastUsedAt ?? apiKey.createdAt).getTime()) / 86_400_000;
  const forgotten = apiKey.works && idleDays > UNUSED_DAYS;
  return (
    <>
      {apiKey.lastUsedAt ? (
        <span className="block">
          <Time at={apiKey.lastUsedAt} mode="relative" />
        </span>
      ) : (
        <None>Never</None>
      )}
      {apiKey.lastUsedAddress && <span className="mono block truncate text-fg-3">{apiKey.lastUsedAddress}</span>}
      {forgotten && <span className="block text-warn text-xs">Unused for {UNUSED_DAYS} days</span>}
    </>
  );
}

function KeyEnd({ apiKey, workspace, may }: { apiKey: ApiKeyRow; workspace: string; may: boolean }) {
  if (apiKey.revokedAt) return <Badge>Revoked</Badge>;
  if (!apiKey.works) return <Badge>Expired</Badge>;
  if (!may) return null;
  return (
    <ConfirmDialog
      trigger="Revoke…"
      triggerSize="sm"
      title={`Revoke ${apiKey.name}?`}
      confirm={
        <ActionForm action={revokeApiKeyAction} workspace={workspace} feedback="toast">
          <input type="hidden" name="id" value={formatId("key", apiKey.id)} />
          <SubmitButton variant="danger">Revoke key</SubmitButton>
        </ActionForm>
      }
    >
      <p>
        Calls with <span className="mono">ph_…{apiKey.lastFour}</span> are refused with 401 from that moment on. A
        revoked key cannot come back.
      </p>
    </ConfirmDialog>
  );
}
