import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { GapCheckPart } from "@/components/sources/gap-check";
import { SourceForm } from "@/components/sources/source-form";
import { Page, PageHeader } from "@/components/ui/page";
import { findGapCheck } from "@/lib/gap-check/queries.ts";
import { parseId } from "@/lib/ids.ts";
import { findSource } from "@/lib/sources/queries.ts";
import { requireActor } from "@/lib/web/session.ts";
import { updateSourceAction } from "../../actions";
import { sourceFormData, sourceValues } from "../../form-data";
import { DIALOG_NAMES, SourceDialog } from "./dialog";
import { EndPart } from "./end-part";
import { SecretsPart } from "./secrets-part";

export const metadata: Metadata = { title: "Edit source" };

const queryInput = z.object({
  dialog: z.enum(DIALOG_NAMES).optional().catch(undefined),
  secret: z.uuid().optional().catch(undefined),
});

type Props = { params: Promise<{ workspace: string; source: string }>; searchParams: Promise<unknown> };

export default async function EditSourcePage({ params, searchParams }: Props) {
  const { workspace: slug, source: outsideId } = await params;
  const actor = await requireActor(slug, "configure");
  const id = parseId("src", outsideId);
  const source = id && (await findSource(actor.workspace.id, id));
  if (!source) notFound();
  const { dialog, secret } = queryInput.parse(await searchParams);
  return (
    <Page flush>
      <PageHeader title={`Edit ${source.name}`} />
      <div className="max-w-160">
        <SecretsPart actor={actor} source={source} />
        <EndPart actor={actor} source={source} />
        <GapCheckPart
          provider={source.provider}
          check={await findGapCheck(actor.workspace.id, source.id)}
          href={`/w/${slug}/sources/${outsideId}/gap-check`}
        />
      </div>
      <h2 id="settings" className="mt-8 mb-3 text-lg">
        Settings
      </h2>
      <SourceForm
        action={updateSourceAction}
        workspace={actor.workspace}
        source={outsideId}
        values={sourceValues(source)}
        cancelHref={`/w/${slug}/sources/${outsideId}`}
        {...(await sourceFormData(actor.workspace.id, source.provider))}
      />
      {dialog && <SourceDialog dialog={dialog} secretId={secret} actor={actor} source={source} />}
    </Page>
  );
}
