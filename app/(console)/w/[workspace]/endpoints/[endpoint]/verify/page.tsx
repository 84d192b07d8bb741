import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EndpointHead } from "@/components/endpoints/endpoint-head";
import { FillInButton, RevealProvider } from "@/components/endpoints/reveal";
import { Snippets } from "@/components/endpoints/snippets";
import { Section } from "@/components/ui/card";
import { FactList, FactRow } from "@/components/ui/fact-list";
import { Page } from "@/components/ui/page";
import { findEndpoint } from "@/lib/endpoints/queries.ts";
import { parseId } from "@/lib/ids.ts";
import { endpointHealth } from "@/lib/reports/endpoint-health.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { revealSecretAction } from "../../secret-actions";

export const metadata: Metadata = { title: "Verify in code" };

type Props = { params: Promise<{ workspace: string; endpoint: string }> };

export default async function VerifyPage({ params }: Props) {
  const { workspace: slug, endpoint: outsideId } = await params;
  const { workspace, role } = await requireActor(slug);
  const id = parseId("ep", outsideId);
  const endpoint = id && (await findEndpoint(workspace.id, id));
  if (!endpoint) notFound();
  const byKey = endpoint.signature === "ed25519";
  const health = await endpointHealth(workspace.id, [id]);

  return (
    <Page width="detail">
      <EndpointHead slug={slug} endpoint={endpoint} health={health.get(id)} canEdit={can(role, "configure")} />
      <RevealProvider action={revealSecretAction} workspace={slug} endpoint={outsideId}>
        <div className="grid grid-cols-[minmax(0,1fr)_360px] items-start gap-x-8 max-xl:grid-cols-1">
          <Section
            title="Check a signature"
            className="mt-2"
            actions={can(role, "secrets") && <FillInButton noun={byKey ? "public key" : "secret"} />}
          >
            <Snippets signature={endpoint.signature} />
          </Section>
          <Section title="What is signed" className="mt-2">
            <p className="text-fg-2 text-sm">
              Every delivery follows the Standard Webhooks specification, so any of its libraries verifies it too.
            </p>
            <div className="mt-3">
              <FactList>
                <FactRow name="webhook-id">
                  The event's id. The same on every retry: use it to skip what you have already handled.
                </FactRow>
                <FactRow name="webhook-timestamp">
                  Seconds since 1970, of this attempt. Refuse what is over five minutes off.
                </FactRow>
                <FactRow name="webhook-signature">
                  <span className="mono">{byKey ? "v1a," : "v1,"}</span> and {byKey ? "Ed25519" : "HMAC-SHA256"} of{" "}
                  <span className="mono">id.timestamp.body</span> in base64. Several, separated by spaces, while a{" "}
                  {byKey ? "key" : "secret"} is being rotated: one must match.
                </FactRow>
              </FactList>
            </div>
          </Section>
        </div>
      </RevealProvider>
    </Page>
  );
}
