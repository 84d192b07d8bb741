import Link from "next/link";
import { pagePath } from "@/components/shell/paths";
import { ShortId } from "@/components/ui/chips";
import { formatId } from "@/lib/ids.ts";
import { providerOf } from "@/lib/providers/registry.ts";
import type { EventDetail } from "@/lib/reports/events.ts";
import type { SourceName } from "@/lib/sources/queries.ts";
import { type Proven, provenIn } from "@/lib/sources/vouched.ts";

type EventOriginProps = {
  slug: string;
  event: Pick<EventDetail, "sourceId" | "requestId" | "forwarded" | "editedFrom">;
  /** Undefined when it is gone without a trace. */
  source: SourceName | undefined;
};

const PROOF: Record<Proven, string> = {
  signature: "verified by its signature",
  token: "verified by its token",
  secret: "verified by its secret",
  none: "not verified",
  api: "fetched from its API",
  person: "not verified: a person accepted it",
};

/** `From My Stripe (Stripe), request req_…, verified by its signature`; nothing for what an app posted. */
export function EventOrigin({ slug, event, source }: EventOriginProps) {
  const { sourceId, requestId, editedFrom } = event;
  if (!sourceId || !requestId) return null;
  const proven = provenIn(event.forwarded ?? []);
  const home = pagePath(slug, "src", sourceId);
  const request = formatId("req", requestId);
  return (
    <p className="mt-2 text-fg-2 text-sm [overflow-wrap:anywhere]">
      From <SourceLink source={source} href={home} />, request{" "}
      {source && !source.deletedAt ? (
        <Link href={`${home}/requests/${request}`} className="link">
          <ShortId id={request} />
        </Link>
      ) : (
        <ShortId id={request} />
      )}
      {editedFrom ? ", edited here since" : proven && `, ${PROOF[proven]}`}
    </p>
  );
}

function SourceLink({ source, href }: { source: SourceName | undefined; href: string }) {
  if (!source) return <>a source that is gone</>;
  const { name, provider, deletedAt } = source;
  const { label } = providerOf(provider);
  const words = name.toLowerCase().includes(label.toLowerCase()) ? name : `${name} (${label})`;
  if (deletedAt) return <>{words}, deleted since</>;
  return (
    <Link href={href} className="link">
      {words}
    </Link>
  );
}
