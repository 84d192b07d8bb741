import { Section } from "@/components/ui/card";
import { FactList, FactRow } from "@/components/ui/fact-list";
import { formatCount, formatDuration } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { DEFAULT_SCHEDULE } from "@/lib/delivery/retry-policy.ts";
import { certificateFacts } from "@/lib/endpoints/certificate-facts.ts";
import type { EndpointDetail } from "@/lib/endpoints/queries.ts";
import { describeSchedule, formatSchedule } from "@/lib/endpoints/schedule-text.ts";
import { AUTHENTICATION_WORDS } from "./authentication-words";
import { Subscriptions } from "./endpoint-table";
import { FORMAT_WORDS } from "./format-words";
import { limitWords, upperFirst } from "./limit-words";
import { SIGNATURE_WORDS } from "./signature-words";

/** What is set, in words; the defaults too. */
export function SettingsSummary({
  endpoint,
  href,
  canEdit,
}: {
  endpoint: EndpointDetail;
  href: string;
  canEdit: boolean;
}) {
  const schedule = endpoint.retrySchedule ?? DEFAULT_SCHEDULE;
  const certificate = endpoint.clientCertificate && certificateFacts(endpoint.clientCertificate.certificate);
  const limits = limitWords(endpoint);
  return (
    <Section
      title="Settings"
      className="mt-6"
      actions={
        canEdit && (
          <>
            <TextLink href={`${href}/edit`}>Edit</TextLink>
            <TextLink href={`${href}?dialog=delete`} scroll={false}>
              Delete…
            </TextLink>
          </>
        )
      }
    >
      <FactList>
        <FactRow name="Events">
          <Subscriptions subscriptions={endpoint.subscriptions} shown={12} />
        </FactRow>
        <FactRow name="Schedule">
          <span title={formatSchedule(schedule)}>{describeSchedule(schedule)}</span>
          {endpoint.retrySchedule === null && <span className="text-fg-3">, unless an event type has its own</span>}
        </FactRow>
        <FactRow name="Format">
          {FORMAT_WORDS[endpoint.format].label}, {endpoint.method}, {endpoint.timeoutSeconds} s timeout
        </FactRow>
        {endpoint.filter !== null && (
          <FactRow name="Filter">
            <code className="mono [overflow-wrap:anywhere]">{shortened(endpoint.filter)}</code>
          </FactRow>
        )}
        {endpoint.transformation !== null && (
          <FactRow name="Transformation">
            {formatCount(endpoint.transformation.split("\n").length, "line")} of JavaScript
          </FactRow>
        )}
        <FactRow name="Signature">{SIGNATURE_WORDS[endpoint.signature].label}</FactRow>
        {endpoint.authentication && (
          <FactRow name="Authentication">{AUTHENTICATION_WORDS[endpoint.authentication.type].label}</FactRow>
        )}
        {certificate && (
          <FactRow name="Certificate">
            {certificate.subject}, until <Time at={certificate.validTo} />
          </FactRow>
        )}
        <FactRow name="Limits">{limits.length > 0 ? upperFirst(limits.join(" · ")) : "None of its own"}</FactRow>
        {endpoint.maxAgeSeconds !== null && (
          <FactRow name="Give up">After {formatDuration(endpoint.maxAgeSeconds * 1_000)}</FactRow>
        )}
        <FactRow name="Success">
          {endpoint.expectedStatuses.length === 0 ? "Any 2xx" : endpoint.expectedStatuses.join(", ")}
        </FactRow>
        <FactRow name="Headers">
          {endpoint.headers.length === 0 ? (
            "None of its own"
          ) : (
            <span className="mono">{endpoint.headers.map(({ name }) => name.toLowerCase()).join(", ")}</span>
          )}
        </FactRow>
      </FactList>
    </Section>
  );
}

const SHOWN_LENGTH = 160;

/** A filter in one line. */
function shortened(filter: string): string {
  const line = filter.replace(/\s+/g, " ");
  return line.length > SHOWN_LENGTH ? `${line.slice(0, SHOWN_LENGTH)}…` : line;
}
