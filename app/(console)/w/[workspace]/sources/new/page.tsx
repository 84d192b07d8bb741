import type { Metadata } from "next";
import { z } from "zod";
import { ProviderTiles } from "@/components/sources/provider-tiles";
import { SourceForm } from "@/components/sources/source-form";
import { LinkButton } from "@/components/ui/button";
import { Page, PageHeader } from "@/components/ui/page";
import { PROVIDERS } from "@/lib/providers/names.ts";
import { requireActor } from "@/lib/web/session.ts";
import { createSourceAction } from "../actions";
import { newSourceValues, sourceFormData } from "../form-data";
import { TILE_GROUPS } from "./tiles";

export const metadata: Metadata = { title: "New source" };

const queryInput = z.object({ provider: z.enum(PROVIDERS).optional().catch(undefined) });

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<unknown> };

export default async function NewSourcePage({ params, searchParams }: Props) {
  const { workspace } = await requireActor((await params).workspace, "configure");
  const { provider } = queryInput.parse(await searchParams);
  const list = `/w/${workspace.slug}/sources`;
  if (!provider) {
    return (
      <Page>
        <PageHeader title="New source" count="Who will call?" />
        <ProviderTiles groups={TILE_GROUPS} base={`${list}/new`} />
      </Page>
    );
  }
  const data = await sourceFormData(workspace.id, provider);
  return (
    <Page flush>
      <PageHeader
        title={`New source: ${data.provider.label}`}
        actions={
          <LinkButton href={`${list}/new`} variant="quiet">
            Another provider
          </LinkButton>
        }
      />
      <SourceForm
        // Another provider's form starts from its own values.
        key={provider}
        action={createSourceAction}
        workspace={workspace}
        source={null}
        values={newSourceValues(provider)}
        cancelHref={list}
        {...data}
      />
    </Page>
  );
}
