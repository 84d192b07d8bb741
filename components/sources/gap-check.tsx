import { LinkButton } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { GapCheckFacts } from "@/lib/gap-check/queries.ts";
import type { ProviderName } from "@/lib/providers/names.ts";
import { gapProvider, INTERVALS } from "./gap-provider";

type GapCheckPartProps = { provider: ProviderName; check: GapCheckFacts | null; href: string };

/** Whether its provider is asked what it sent, and the way to the page about that; nothing where nobody can be asked. */
export function GapCheckPart({ provider: name, check, href }: GapCheckPartProps) {
  const provider = gapProvider(name);
  if (!provider) return null;
  return (
    <Section title="Gap check">
      <p className="text-fg-2 text-sm">
        {check ? (
          <Schedule check={check} label={provider.label} />
        ) : (
          `${provider.label} can be asked what it sent, to find what never arrived.`
        )}
      </p>
      <LinkButton href={href} className="mt-3">
        {check ? "Open gap check" : "Set up gap check"}
      </LinkButton>
    </Section>
  );
}

function Schedule({ check, label }: { check: GapCheckFacts; label: string }) {
  const every = INTERVALS.find(({ minutes }) => minutes === check.everyMinutes)?.label ?? "at intervals";
  return (
    <>
      {label} is asked {every} what it sent.{" "}
      {check.lastRunAt && (
        <>
          Last <Time at={check.lastRunAt} mode="relative" />
          {check.lastError && `: ${check.lastError}`}.
        </>
      )}
    </>
  );
}
