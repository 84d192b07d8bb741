import { formatCount, formatDuration, formatNumber } from "@/components/ui/format";
import type { Evidence } from "@/lib/reports/evidence.ts";
import type { Part, Sentence } from "./sentence";

export type EvidencePlaces = {
  /** The list of those that ended alike. */
  alike: string;
  /** The audit log of the endpoint. */
  changes: string;
  eventType: string;
};

/** Whether nothing but this event type fails at the endpoint. */
export function onlyThisType({ alike, types }: Evidence): boolean {
  return alike.types === 1 && types.active > 0 && types.failing === 0;
}

/** What a diagnosis rests on, the nearest first. Facts only. */
export function evidenceLines(evidence: Evidence, eventType: string, places: EvidencePlaces): Sentence[] {
  return [
    alikeLine(evidence, places),
    othersLine(evidence),
    changeLine(evidence, places),
    versionLine(evidence, eventType, places),
  ].filter((line) => line !== null);
}

function alikeLine(evidence: Evidence, places: EvidencePlaces): Sentence | null {
  const { alike } = evidence;
  const types = typesWords(evidence);
  if (alike.count <= 1) {
    const parts = ["No other delivery to this endpoint ended like this in the day before.", types].filter(Boolean);
    return { key: "alike", parts: [parts.join(" ")] };
  }
  const words = `${formatNumber(alike.count)}${alike.atLeast ? " or more" : ""} deliveries`;
  const parts: Part[] = [
    { words, href: places.alike },
    " to this endpoint ended like this since ",
    { at: alike.since },
    ".",
  ];
  if (types) parts.push(` ${types}`);
  return { key: "alike", parts };
}

function typesWords({ types, alike }: Evidence): string {
  if (types.active === 0) return "";
  const others = formatCount(types.active, "other event type");
  if (types.failing === 0) return `Its ${others} ${types.active === 1 ? "is" : "are"} delivered.`;
  if (types.failing === types.active) {
    return alike.types > 1
      ? "All of its event types fail."
      : `Its ${others} ${types.active === 1 ? "fails" : "fail"} too.`;
  }
  return `Of its ${others}, ${formatNumber(types.failing)} ${types.failing === 1 ? "fails" : "fail"} too.`;
}

function othersLine({ others }: Evidence): Sentence | null {
  if (others.active === 0) return null;
  const subject = formatCount(others.active, "other endpoint");
  return { key: "others", parts: [`Since then: ${subject} with traffic, ${stateOf(others)}.`] };
}

function stateOf({ active, failing }: Evidence["others"]): string {
  if (failing === 0) return "not failing";
  if (active === 1) return "failing too";
  return `${failing === active ? "all" : formatNumber(failing)} of them failing too`;
}

function changeLine({ change, alike }: Evidence, places: EvidencePlaces): Sentence | null {
  if (!change) return null;
  const parts: Part[] = [
    { words: "The endpoint was changed", href: places.changes },
    ` ${formatDuration(alike.since.getTime() - change.at.getTime())} before the first of them, by ${change.by}`,
    change.what.length > 0 ? `: ${change.what.join(", ")}.` : ".",
  ];
  return { key: "change", parts };
}

function versionLine({ version, alike }: Evidence, eventType: string, places: EvidencePlaces): Sentence | null {
  if (!version) return null;
  const before = formatDuration(alike.since.getTime() - version.at.getTime());
  const words = `Version ${version.number} of ${eventType}`;
  return {
    key: "version",
    parts: [{ words, href: places.eventType }, ` was published ${before} before the first of them.`],
  };
}
