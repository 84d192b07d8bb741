import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { KeepFresh } from "@/components/get-started/keep-fresh";
import { AddSecret } from "@/components/sources/add-secret";
import { FirstRequest } from "@/components/sources/first-request";
import { ProviderMark } from "@/components/sources/provider-mark";
import { SetUpSteps } from "@/components/sources/set-up-steps";
import { SourceSecrets } from "@/components/sources/source-secrets";
import { SourceStatusBadge } from "@/components/sources/source-status";
import { SourceUrl } from "@/components/sources/source-url";
import { LinkButton } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { Page, PageHeader } from "@/components/ui/page";
import { isLoopbackHost } from "@/lib/env.ts";
import { parseId } from "@/lib/ids.ts";
import { sourceFigures } from "@/lib/reports/source-figures.ts";
import { findSource, type SourceDetail } from "@/lib/sources/queries.ts";
import { setUpSteps } from "@/lib/sources/set-up-steps.ts";
import { urlBeforeSecret } from "@/lib/sources/source-url.ts";
import { type Actor, requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { factsOf } from "../../form-data";
import { addSourceSecretAction, revealSourceSecretsAction } from "../../secret-actions";
import { secretLines } from "../../secret-lines";
import { shownUrl } from "../shown-url";

export const metadata: Metadata = { title: "Set up source" };

/** How soon the page looks again for the first request. */
const WAITING_MS = 2_500;

const WITHOUT_SECRET = "Without its secret, which is shown below: calls that come here without it are refused.";

type Props = { params: Promise<{ workspace: string; source: string }> };

export default async function SetUpPage({ params }: Props) {
  const { workspace: slug, source: outsideId } = await params;
  const actor = await requireActor(slug);
  const id = parseId("src", outsideId);
  const source = id && (await findSource(actor.workspace.id, id));
  if (!source) notFound();
  const figures = (await sourceFigures(actor.workspace.id, [source.id])).get(source.id);
  const { label } = factsOf(source.provider);
  const href = `/w/${slug}/sources/${outsideId}`;
  const url = shownUrl(source, actor.role);
  const last = figures?.last ?? null;
  const isProven = last?.verdict === "accepted" || last?.verdict === "duplicate";

  return (
    <Page className="max-w-[calc(960px+2*var(--gutter))]">
      {!isProven && <KeepFresh everyMs={WAITING_MS} />}
      <PageHeader
        title={source.name}
        actions={
          <>
            <LinkButton href={`${href}/try`}>Send test request…</LinkButton>
            <LinkButton href={href} variant={isProven ? "primary" : "secondary"}>
              Open inbox
            </LinkButton>
          </>
        }
      >
        <ProviderMark provider={source.provider} />
        {source.status !== "active" && <SourceStatusBadge status={source.status} />}
      </PageHeader>
      <SourceUrl
        url={url}
        isWhole={can(actor.role, "configure")}
        note={urlBeforeSecret(source.provider, url) && WITHOUT_SECRET}
      />
      {isLoopbackHost(new URL(url).hostname) && source.provider !== "unsigned" && (
        <p className="mt-1.5 text-fg-2 text-xs">
          Only this machine reaches this address: {label} cannot. Set PUBLIC_URL to an address that leads here from
          outside, such as a tunnel’s, and start again.
        </p>
      )}
      <Section title={`Set up ${label}`}>
        <SetUpSteps
          steps={setUpSteps(source.provider, url)}
          hasSecret={source.secrets.length > 0}
          hasRequest={isProven}
          secret={<SecretStep actor={actor} source={source} outsideId={outsideId} />}
          waiting={<FirstRequest last={last} href={href} />}
        />
      </Section>
    </Page>
  );
}

type SecretStepProps = { actor: Actor; source: SourceDetail; outsideId: string };

/** The secrets there are, and a field for one more while the provider's own is missing. */
async function SecretStep({ actor: { workspace, role }, source, outsideId }: SecretStepProps) {
  const may = can(role, "secrets");
  if (source.secrets.length > 0) {
    return (
      <SourceSecrets
        reveal={may ? revealSourceSecretsAction : null}
        workspace={workspace.slug}
        source={outsideId}
        secrets={await secretLines(source, null)}
        urlBefore={urlBeforeSecret(source.provider, shownUrl(source, role))}
      />
    );
  }
  if (!may) return <p className="text-fg-2 text-sm">A secret is added from the role developer on.</p>;
  return (
    <AddSecret
      action={addSourceSecretAction}
      slug={workspace.slug}
      source={outsideId}
      provider={factsOf(source.provider)}
      had={0}
    />
  );
}
