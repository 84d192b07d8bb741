import Link from "next/link";
import { AddSecret } from "@/components/sources/add-secret";
import { SourceSecrets } from "@/components/sources/source-secrets";
import { Section } from "@/components/ui/card";
import { formatCount, formatNumber } from "@/components/ui/format";
import { formatId } from "@/lib/ids.ts";
import { countRequests } from "@/lib/reports/requests.ts";
import type { SourceDetail } from "@/lib/sources/queries.ts";
import { urlBeforeSecret } from "@/lib/sources/source-url.ts";
import { QUARANTINED } from "@/lib/sources/states.ts";
import type { Actor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { factsOf } from "../../form-data";
import { addSecretAndReverifyAction } from "../../quarantine-actions";
import { addSourceSecretAction, revealSourceSecretsAction } from "../../secret-actions";
import { secretLines } from "../../secret-lines";
import { shownUrl } from "../shown-url";

/** Which secrets prove its calls, with what is done to them. */
export async function SecretsPart({ actor: { workspace, role }, source }: { actor: Actor; source: SourceDetail }) {
  const provider = factsOf(source.provider);
  if (!provider.secret) return null;
  const id = formatId("src", source.id);
  const may = can(role, "secrets");
  const waiting = await countRequests(workspace.id, { sourceId: source.id, verdict: QUARANTINED });
  const waits = waiting.count > 0;
  const more = waiting.atLeast ? "+" : "";
  return (
    <Section title="Secrets" id="secrets" className="mt-2">
      <p className="mb-2 text-fg-2 text-sm">
        {source.secrets.length === 0
          ? "There is none yet: every request is refused, and kept until it can be verified."
          : "A request is believed when any one of them proves it."}
      </p>
      {waits && (
        <p className="mb-2 text-sm">
          <Link href={`/w/${workspace.slug}/sources/${id}?verdict=quarantined`} className="link">
            {formatCount(waiting.count, "request")}
            {more}
          </Link>{" "}
          {waiting.count === 1 ? "waits" : "wait"} in quarantine; a secret that is added here is tried on all of them.
        </p>
      )}
      {source.secrets.length > 0 && (
        <SourceSecrets
          reveal={may ? revealSourceSecretsAction : null}
          workspace={workspace.slug}
          source={id}
          secrets={await secretLines(source, may ? `/w/${workspace.slug}/sources/${id}/edit` : null)}
          urlBefore={urlBeforeSecret(source.provider, shownUrl(source, role))}
        />
      )}
      {may && (
        <details className="mt-3" open={source.secrets.length === 0}>
          <summary className="cursor-pointer py-1 text-sm">Add a secret</summary>
          <div className="mt-2">
            <AddSecret
              // Emptied once it was added.
              key={source.version}
              action={waits ? addSecretAndReverifyAction : addSourceSecretAction}
              deed={waits ? `Add & re-verify ${formatNumber(waiting.count)}${more}` : undefined}
              slug={workspace.slug}
              source={id}
              provider={provider}
              had={source.secrets.length}
            />
          </div>
        </details>
      )}
    </Section>
  );
}
