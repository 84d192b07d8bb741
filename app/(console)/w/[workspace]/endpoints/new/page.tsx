import type { Metadata } from "next";
import { EndpointForm } from "@/components/endpoints/endpoint-form";
import { Page, PageHeader } from "@/components/ui/page";
import { requireActor } from "@/lib/web/session.ts";
import { createEndpointAction } from "../actions";
import { endpointFormData, NEW_ENDPOINT } from "../form-data";

export const metadata: Metadata = { title: "New endpoint" };

export default async function NewEndpointPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await requireActor((await params).workspace, "configure");
  return (
    <Page flush>
      <PageHeader title="New endpoint" />
      <EndpointForm
        action={createEndpointAction}
        workspace={workspace}
        endpoint={null}
        values={NEW_ENDPOINT}
        cancelHref={`/w/${workspace.slug}/endpoints`}
        {...(await endpointFormData(workspace.id))}
      />
    </Page>
  );
}
