import type { ReactNode } from "react";
import { deliveriesPath } from "@/components/shell/paths";
import { Tag } from "@/components/ui/badge";
import { IdChip, UrlText } from "@/components/ui/chips";
import { CopyButton } from "@/components/ui/copy-button";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page";
import { HealthBadge } from "@/components/ui/status-badge";
import type { EndpointDetail } from "@/lib/endpoints/queries.ts";
import { formatId } from "@/lib/ids.ts";
import type { Health } from "@/lib/reports/health.ts";
import { endpointName } from "./endpoint-name";
import { FlowBadges } from "./flow-badges";

type EndpointHeadProps = {
  slug: string;
  endpoint: EndpointDetail;
  health: Health | undefined;
  actions?: ReactNode;
  /** Between the address and the tabs. */
  children?: ReactNode;
  canEdit: boolean;
};

/** What every page of an endpoint begins with: its name, how it is, its address, its pages. */
export function EndpointHead({ slug, endpoint, health, actions, children, canEdit }: EndpointHeadProps) {
  const id = formatId("ep", endpoint.id);
  const href = `/w/${slug}/endpoints/${id}`;
  return (
    <>
      <PageHeader title={endpointName(endpoint)} actions={actions}>
        {health && <HealthBadge health={health.health} reason={health.reason} />}
        <FlowBadges endpoint={endpoint} />
      </PageHeader>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        <span className="inline-flex min-w-0 max-w-full items-center gap-0.5">
          <UrlText url={endpoint.url} scheme className="min-w-0 [overflow-wrap:anywhere]" />
          <CopyButton text={endpoint.url} label="Copy URL" />
        </span>
        <IdChip id={id} noun="endpoint ID" />
        {endpoint.customer && (
          <span>
            <span className="text-fg-3">Customer</span> <span className="mono">{endpoint.customer}</span>
          </span>
        )}
        {endpoint.builtIn && <Tag>built-in receiver</Tag>}
      </div>
      {children}
      <LinkTabs
        label="Endpoint"
        className="mt-3 mb-4"
        tabs={[
          { href, label: "Overview" },
          { href: deliveriesPath(slug, { endpoint: endpoint.id, range: "7d" }), label: "Deliveries", current: false },
          { href: `${href}/events`, label: "Events" },
          { href: `${href}/verify`, label: "Verify in code" },
          ...(canEdit ? [{ href: `${href}/edit`, label: "Settings" }] : []),
        ]}
      />
    </>
  );
}
