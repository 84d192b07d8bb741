import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ListenSnippet } from "@/components/sources/listen-snippet";
import { ProviderMark } from "@/components/sources/provider-mark";
import { SendTest } from "@/components/sources/send-test";
import { LinkButton } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { Page, PageHeader } from "@/components/ui/page";
import { publicUrl } from "@/lib/env.ts";
import { parseId } from "@/lib/ids.ts";
import { providerOf } from "@/lib/providers/registry.ts";
import { findSource } from "@/lib/sources/queries.ts";
import { previewTestRequest } from "@/lib/sources/test-request.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { sendTestRequestAction } from "./actions";

export const metadata: Metadata = { title: "Try source" };

type Props = { params: Promise<{ workspace: string; source: string }> };

export default async function TrySourcePage({ params }: Props) {
  const { workspace: slug, source: outsideId } = await params;
  const actor = await requireActor(slug);
  const id = parseId("src", outsideId);
  const source = id && (await findSource(actor.workspace.id, id));
  if (!source) notFound();
  const preview = await previewTestRequest(actor.workspace.id, source.id);
  const href = `/w/${slug}/sources/${outsideId}`;

  return (
    <Page width="form">
      <PageHeader title={`Try ${source.name}`} actions={<LinkButton href={href}>Open inbox</LinkButton>}>
        <ProviderMark provider={source.provider} />
      </PageHeader>
      <Section title="Send a test request" className="mt-4">
        <SendTest
          action={sendTestRequestAction}
          slug={slug}
          source={outsideId}
          provider={providerOf(source.provider).label}
          status={source.status}
          isProven={providerOf(source.provider).secret !== null}
          preview={preview}
          role={actor.role}
        />
      </Section>
      <Section title="Forward to localhost">
        <ListenSnippet
          url={publicUrl()}
          source={outsideId}
          keysHref={can(actor.role, "keys") ? `/w/${slug}/settings/api-keys` : null}
        />
      </Section>
    </Page>
  );
}
