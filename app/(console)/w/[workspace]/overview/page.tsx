import { Gauge } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { StateForm } from "@/components/endpoints/endpoint-actions";
import { RefreshPage } from "@/components/live/refresh-page";
import { AttentionList } from "@/components/overview/attention-list";
import { CauseTable } from "@/components/overview/cause-table";
import { FailingEndpoints } from "@/components/overview/failing-endpoints";
import { OverviewFigures } from "@/components/overview/figures";
import { OverviewCharts } from "@/components/overview/overview-charts";
import { RangeLinks } from "@/components/overview/range-links";
import { LinkButton } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { zoneName } from "@/components/ui/format-time";
import { Page, PageHeader } from "@/components/ui/page";
import { readerZone } from "@/components/ui/time";
import { formatId } from "@/lib/ids.ts";
import { attention } from "@/lib/reports/attention.ts";
import { overview } from "@/lib/reports/overview.ts";
import { RANGE_NAMES, RANGES } from "@/lib/reports/ranges.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { probeNowAction } from "../endpoints/actions";

export const metadata: Metadata = { title: "Overview" };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<{ range?: string | string[] }> };

export default async function OverviewPage({ params, searchParams }: Props) {
  const { workspace, role } = await requireActor((await params).workspace);
  const asked = (await searchParams).range;
  const range = RANGE_NAMES.find((name) => name === asked) ?? "24h";
  const [report, items, zone] = await Promise.all([
    overview(workspace.id, range),
    attention(workspace.id),
    readerZone(),
  ]);
  const { slug } = workspace;
  const { label } = RANGES[range];
  const quiet = report.figures.deliveries + report.figures.retried + report.previous.deliveries === 0;

  return (
    <Page>
      <PageHeader
        title="Overview"
        actions={
          <>
            <span className="text-fg-3 text-xs">
              Compared with the {label} before, {zoneName(zone)}
            </span>
            <RangeLinks path={`/w/${slug}/overview`} range={range} />
          </>
        }
      />
      <RefreshPage />
      <AttentionList slug={slug} items={items} probe={can(role, "retry") ? probeButton(slug) : null} />
      <OverviewFigures slug={slug} range={range} overview={report} />
      {quiet ? (
        <EmptyState
          icon={Gauge}
          title={`No delivery finished in the last ${label}`}
          className="mt-4"
          action={<LinkButton href={`/w/${slug}/get-started`}>Get started</LinkButton>}
        >
          Charts appear with the first events. Test sends and demos are not counted.
        </EmptyState>
      ) : (
        <OverviewCharts slug={slug} range={range} zone={zone} overview={report} />
      )}
      {report.endpoints.length > 0 && (
        <Section
          title="Failing endpoints"
          className="mt-5"
          actions={
            <Link href={`/w/${slug}/endpoints`} className="link text-sm">
              All endpoints
            </Link>
          }
        >
          <FailingEndpoints slug={slug} span={label} rows={report.endpoints} />
        </Section>
      )}
      {report.causes.length > 0 && (
        <Section title="Failed and retrying by cause" className="mt-6">
          <CauseTable slug={slug} range={range} rows={report.causes} />
        </Section>
      )}
    </Page>
  );
}

function probeButton(slug: string) {
  return (endpointId: string) => (
    <StateForm action={probeNowAction} workspace={slug} endpoint={formatId("ep", endpointId)} size="sm">
      Probe now
    </StateForm>
  );
}
