import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EndpointForm } from "@/components/endpoints/endpoint-form";
import { endpointName } from "@/components/endpoints/endpoint-name";
import { Page, PageHeader } from "@/components/ui/page";
import { findEndpoint } from "@/lib/endpoints/queries.ts";
import { parseId } from "@/lib/ids.ts";
import { requireActor } from "@/lib/web/session.ts";
import { updateEndpointAction } from "../../actions";
import { endpointFormData, endpointValues } from "../../form-data";

export const metadata: Metadata = { title: "Edit endpoint" };

type Props = { params: Promise<{ workspace: string; endpoint: string }> };

export default async function EditEndpointPage({ params }: Props) {
  const { workspace: slug, endpoint: outsideId } = await params;
  const { workspace } = await requireActor(slug, "configure");
  const id = parseId("ep", outsideId);
  const endpoint = id && (await findEndpoint(workspace.id, id));
  if (!endpoint) notFound();
  return (
    <Page flush>
      <PageHeader title={`Edit ${endpointName(endpoint)}`} />
      <EndpointForm
        action={updateEndpointAction}
        workspace={workspace}
        endpoint={outsideId}
        values={endpointValues(endpoint)}
        cancelHref={`/w/${slug}/endpoints/${outsideId}`}
        {...(await endpointFormData(workspace.id))}
      />
    </Page>
  );
}
