import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page";
import { listApiKeys } from "@/lib/api-keys/queries.ts";
import { publicUrl } from "@/lib/env.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { NeedsRole } from "../needs-role";
import { KeyTable } from "./key-table";
import { NewApiKey } from "./new-api-key";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace, role } = await requireActor((await params).workspace);
  const keys = await listApiKeys(workspace.id);
  const may = can(role, "keys");

  return (
    <Page width="detail">
      <PageHeader title="API keys" count={keys.length > 0 ? keys.filter((key) => key.works).length : undefined} />
      <p className="mb-4 max-w-160 text-fg-2 text-sm">
        Apps authenticate with a key: they post events with it and use the REST API. A key belongs to the workspace, not
        to the person who made it.
      </p>
      {keys.length > 0 ? (
        <KeyTable keys={keys} workspace={workspace.slug} may={may} />
      ) : (
        <EmptyState icon={KeyRound} title="No API keys yet" ghost>
          <p>Make one below. Its secret is shown once.</p>
        </EmptyState>
      )}
      {may ? (
        <NewApiKey workspace={workspace.slug} origin={publicUrl()} />
      ) : (
        <NeedsRole permission="keys">Making and revoking keys</NeedsRole>
      )}
    </Page>
  );
}
