import type { ReactNode } from "react";
import { DiagnosisCard } from "@/components/deliveries/diagnosis-card";
import { SentenceText } from "@/components/deliveries/sentence";
import { type Findings, hasDiagnosis, setAside } from "./diagnose";
import { behindLine, placeLines, WhyInLine } from "./in-line";
import type { LoadedDelivery } from "./load";
import { NextStep } from "./next-step";

type DiagnosisProps = { loaded: LoadedDelivery; findings: Findings; slug: string; actions: ReactNode };

/** Why a delivery is not delivered, in words. Nothing when it is, or before anything stands in its way. */
export function Diagnosis({ loaded, findings, slug, actions }: DiagnosisProps) {
  const { row, endpoint, place, behind } = loaded;
  if (!hasDiagnosis(row)) return null;
  const { cause } = findings;
  const waits = endpoint && place && <WhyInLine endpoint={endpoint} place={place} />;
  const lines = [
    ...(place ? placeLines(slug, place) : []),
    ...(behind && behind.count > 0 ? [behindLine(behind)] : []),
    ...((setAside(row) || waits) && cause && !findings.why.startsWith(cause.why)
      ? [{ key: "last", line: <>The last attempt: {cause.why}</> }]
      : []),
    ...findings.evidence.map(({ key, parts }) => ({ key, line: <SentenceText parts={parts} /> })),
  ];
  return (
    <DiagnosisCard
      why={setAside(row) ? findings.why : (waits ?? findings.why)}
      evidence={lines}
      next={
        <NextStep
          delivery={row}
          slug={slug}
          endpoint={endpoint}
          place={place}
          behind={behind}
          advice={adviceOf(findings, row.status)}
        />
      }
      actions={actions}
    />
  );
}

/** What the failure suggests, and then the rest of the outage. */
function adviceOf({ cause, alike }: Findings, status: string): string {
  const advice = cause?.next ?? "";
  return alike && advice && status === "failed" && !/retry what failed/.test(advice)
    ? `${advice} When it is mended, retry all ${alike.count}.`
    : advice;
}
