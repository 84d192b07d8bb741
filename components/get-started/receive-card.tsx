import { Inbox } from "lucide-react";
import Link from "next/link";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ICON_16 } from "@/components/ui/icon-size";

type ReceiveCardProps = {
  slug: string;
  /** False for those who may only look. */
  creates: boolean;
  /** The newest source there is. */
  source: { href: string; name: string } | null;
};

/** The other direction: a URL for what other services post. */
export function ReceiveCard({ slug, creates, source }: ReceiveCardProps) {
  return (
    <Card className="px-4 pt-4 pb-4">
      <h2 className="flex items-center gap-2 text-lg">
        <Inbox {...ICON_16} className="text-fg-2" />
        Receive
      </h2>
      <p className="mt-1.5 text-fg-2">
        Give Stripe, GitHub, Slack and others a URL. Posthorn verifies, keeps and passes on what they send.
      </p>
      <div className="mt-3.5 flex flex-wrap items-center gap-x-3 gap-y-2">
        {creates ? (
          <LinkButton href={`/w/${slug}/sources/new`}>
            {source ? "Create another source" : "Create a source"}
          </LinkButton>
        ) : (
          <LinkButton href={`/w/${slug}/sources`}>See the sources</LinkButton>
        )}
        {source && (
          <Link href={source.href} className="link min-w-0 truncate text-sm">
            {source.name}
          </Link>
        )}
      </div>
    </Card>
  );
}
