import { Check, CircleX, Clock, Download, type LucideIcon, SearchCheck } from "lucide-react";
import Link from "next/link";
import { Badge, type Tone } from "@/components/ui/badge";
import { Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ActionForm } from "@/components/ui/form";
import { formatNumber } from "@/components/ui/format";
import { LinkTabs } from "@/components/ui/link-tabs";
import { Pagination } from "@/components/ui/pagination";
import { SubmitButton } from "@/components/ui/submit-button";
import { None, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { MOST_AT_ONCE } from "@/lib/gap-check/limits.ts";
import type { MissingPage, MissingRow } from "@/lib/gap-check/queries.ts";
import { formatId } from "@/lib/ids.ts";
import type { MissingState } from "@/lib/sources/states.ts";
import type { FormAction } from "@/lib/web/action.ts";
import type { GapProvider } from "./gap-provider";

const LOOKS: Record<MissingState, { word: string; tone: Tone; icon: LucideIcon }> = {
  missing: { word: "Missing", tone: "bad", icon: CircleX },
  asked: { word: "Asked for", tone: "info", icon: Clock },
  imported: { word: "Imported", tone: "ok", icon: Download },
  arrived: { word: "Arrived", tone: "ok", icon: Check },
};

/** Null for those who may not bring anything. */
type Recover = { action: FormAction; workspace: string } | null;

type MissingListProps = {
  list: MissingPage;
  counts: Record<MissingState, number>;
  provider: GapProvider;
  /** What has come since is listed as well. */
  all: boolean;
  zone: string;
  /** This page, and the source's own. */
  href: string;
  inbox: string;
  isChecked: boolean;
  isFirstPage: boolean;
  recover: Recover;
};

/** What the provider sent and never arrived, with a button that brings it. */
export function MissingList({ list, counts, provider, all, zone, href, inbox, ...rest }: MissingListProps) {
  const { isChecked, isFirstPage, recover } = rest;
  const open = counts.missing + counts.asked;
  const older = list.next && `${href}?${new URLSearchParams({ ...(all && { show: "all" }), before: list.next })}`;
  const source = inbox.split("/").at(-1) ?? "";
  return (
    <Section
      title="Never arrived"
      actions={
        recover && counts.missing > 0 && <RecoverAll {...{ provider, source, recover }} missing={counts.missing} />
      }
    >
      <LinkTabs
        label="Which"
        className="mb-3"
        tabs={[
          { href, label: "Missing", count: open, current: !all },
          {
            href: `${href}?show=all`,
            label: "All that were",
            count: open + counts.imported + counts.arrived,
            current: all,
          },
        ]}
      />
      {list.rows.length === 0 ? (
        <Nothing isChecked={isChecked} provider={provider} />
      ) : (
        <Table label={`${provider.recover.many} that never arrived`} framed>
          <thead>
            <Tr>
              <Th lead>Type</Th>
              <Th className="max-md:hidden">Id</Th>
              <Th className="w-32 max-md:hidden">Sent</Th>
              <Th className="w-28">State</Th>
              <Th className="w-40 max-md:w-24">
                <span className="sr-only">Action</span>
              </Th>
            </Tr>
          </thead>
          <tbody>
            {list.rows.map((row) => (
              <Row key={row.externalId} {...{ row, zone, provider, inbox, source, recover }} />
            ))}
          </tbody>
        </Table>
      )}
      {(older || !isFirstPage) && (
        <Pagination previous={isFirstPage ? null : all ? `${href}?show=all` : href} next={older} className="mt-1" />
      )}
    </Section>
  );
}

function Nothing({ isChecked, provider }: { isChecked: boolean; provider: GapProvider }) {
  if (!isChecked) {
    return (
      <EmptyState ghost title="The first check is on its way">
        What {provider.label} sent and never arrived will be listed here.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={SearchCheck} title="Nothing is missing">
      Every one of the {provider.recover.many} that {provider.label} told of has arrived.
    </EmptyState>
  );
}

type RecoverAllProps = { provider: GapProvider; source: string; missing: number; recover: NonNullable<Recover> };

function RecoverAll({ provider: { recover: words }, source, missing, recover }: RecoverAllProps) {
  const count = Math.min(missing, MOST_AT_ONCE);
  const which = missing > MOST_AT_ONCE ? `the oldest ${formatNumber(count)}` : `all ${formatNumber(count)}`;
  return (
    <ActionForm action={recover.action} workspace={recover.workspace} feedback="toast">
      <input type="hidden" name="source" value={source} />
      <SubmitButton>{missing === 1 ? words.verb : `${words.verb} (${which})`}</SubmitButton>
    </ActionForm>
  );
}

type RowProps = {
  row: MissingRow;
  zone: string;
  provider: GapProvider;
  inbox: string;
  source: string;
  recover: Recover;
};

function Row({ row, zone, provider, inbox, source, recover }: RowProps) {
  const { externalId, type, sentAt, state, quarantined } = row;
  const { word, tone, icon } = LOOKS[state];
  const isOpen = state === "missing" || state === "asked";
  return (
    <Tr bar={state === "missing" ? "bad" : undefined}>
      <Td lead title={type ?? undefined}>
        <span className="mono">{type ?? <None />}</span>
        <span className="block text-fg-3 text-xs md:hidden">
          <Time at={sentAt} zone={zone} mode="relative" />
        </span>
      </Td>
      <Td title={externalId} className="mono max-md:hidden">
        {externalId}
      </Td>
      <Td className="max-md:hidden">
        <Time at={sentAt} zone={zone} mode="relative" />
      </Td>
      <Td>
        <Badge tone={tone} icon={icon}>
          {word}
        </Badge>
      </Td>
      <Td>
        {quarantined && isOpen ? (
          <Link href={`${inbox}?sel=${formatId("req", quarantined)}`} className="link">
            In quarantine
          </Link>
        ) : (
          isOpen && recover && <RecoverOne {...{ externalId, source, recover, provider }} isAgain={state === "asked"} />
        )}
      </Td>
    </Tr>
  );
}

type RecoverOneProps = {
  externalId: string;
  source: string;
  provider: GapProvider;
  recover: NonNullable<Recover>;
  isAgain: boolean;
};

function RecoverOne({ externalId, source, provider, recover, isAgain }: RecoverOneProps) {
  const verb = provider.recover.verb === "Import" ? "Import" : isAgain ? "Ask again" : "Ask for it";
  return (
    <ActionForm action={recover.action} workspace={recover.workspace} feedback="toast">
      <input type="hidden" name="source" value={source} />
      <input type="hidden" name="ids" value={externalId} />
      <SubmitButton size="sm" variant="secondary" aria-label={`${verb}: ${externalId}`}>
        {verb}
      </SubmitButton>
    </ActionForm>
  );
}
