import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { urlParts } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page";
import type { SourceHead as Source } from "@/lib/reports/source-head.ts";
import { SourceFacts } from "./source-facts";

type SourceHeadProps = {
  source: Source;
  /** Its address, masked for those who may not post. */
  url: string;
  isWhole: boolean;
  /** The page that shows the address together with its secret, where nothing else proves a call. */
  secretHref: string | null;
  actions: ReactNode;
  /** On a phone a request takes the page for itself. */
  isReading: boolean;
};

/** Name, address first, and how it stands. */
export function SourceHead({ source, url, isWhole, secretHref, actions, isReading }: SourceHeadProps) {
  const { scheme, host, path } = urlParts(url);
  return (
    <div className={isReading ? "max-md:hidden" : undefined}>
      <PageHeader title={source.name} className="page-x" actions={actions} count={source.description || undefined}>
        {source.status !== "active" && (
          <Badge tone={source.status === "disabled" ? "bad" : "idle"}>
            {source.status === "disabled" ? "Disabled" : "Paused"}
          </Badge>
        )}
      </PageHeader>
      <div className="page-x pb-4">
        <div className="flex min-h-11 items-center gap-2 rounded-card border border-border-strong bg-surface py-1 pr-1.5 pl-3.5">
          <span className="sr-only">Inbound URL</span>
          <span
            data-url
            className="mono min-w-0 flex-1 truncate text-[14px] max-md:[overflow-wrap:anywhere] max-md:whitespace-normal"
          >
            <span className="text-fg-3">{scheme}</span>
            <span className="font-medium">{host}</span>
            {path}
            {secretHref && <span className="text-fg-3">?secret=••••••</span>}
          </span>
          {secretHref && isWhole ? (
            <LinkButton href={secretHref} prefetch={false}>
              URL with secret…
            </LinkButton>
          ) : isWhole ? (
            <CopyButton text={url} label="Copy URL" variant="secondary">
              Copy URL
            </CopyButton>
          ) : (
            <span className="pr-2 text-fg-3 text-xs">Developers see the whole URL</span>
          )}
        </div>
        <SourceFacts source={source} />
      </div>
    </div>
  );
}
