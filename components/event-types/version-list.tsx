import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { formatCount } from "@/components/ui/format";
import { ICON_12 } from "@/components/ui/icon-size";
import { Time } from "@/components/ui/time";
import type { VersionChanges } from "@/lib/event-types/version-changes.ts";
import { DifferenceList } from "./difference-list";

type VersionListProps = { versions: VersionChanges[]; current: number; href: string };

/** What each version of schema and example changed. */
export function VersionList({ versions, current, href }: VersionListProps) {
  if (versions.length === 0)
    return <p className="text-fg-2 text-sm">A version is kept whenever schema or example changes.</p>;
  return (
    <ol className="divide-y rounded-card border text-sm">
      {versions.map((version, at) => (
        <li key={version.number}>
          <details open={at === 0 && version.since !== null}>
            <summary className="flex min-h-10 cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 touch:min-h-11">
              <span className="font-medium">Version {version.number}</span>
              {version.number === current && <Badge tone="plain">in force</Badge>}
              <span className="text-fg-2">{summary(version)}</span>
              {version.breaking.length > 0 && (
                <Badge tone="warn">
                  <TriangleAlert {...ICON_12} />
                  Breaking
                </Badge>
              )}
              <span className="ml-auto text-fg-3">
                <Time at={version.createdAt} />
              </span>
            </summary>
            <VersionBody version={version} href={href} />
          </details>
        </li>
      ))}
    </ol>
  );
}

function summary({ since, schema, example }: VersionChanges): string {
  if (since === null) return "First kept";
  const counted = (list: { list: unknown[]; more: number }) => list.list.length + list.more;
  const parts = [
    [counted(schema), "schema"],
    [counted(example), "example"],
  ].flatMap(([count, where]) => (count ? [`${formatCount(Number(count), "change")} in the ${where}`] : []));
  return parts.join(", ") || "Only the order of its keys";
}

function VersionBody({ version, href }: { version: VersionChanges; href: string }) {
  const { number, since, schema, example, breaking } = version;
  return (
    <div className="grid gap-3 px-3 pb-3">
      {breaking.length > 0 && (
        <div>
          <p className="text-warn">Receivers of version {since} may break:</p>
          <ul className="list-disc pl-5 [overflow-wrap:anywhere]">
            {breaking.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      )}
      {since !== null && (
        <>
          <DifferenceList title={`Schema, against version ${since}`} differences={schema} />
          <DifferenceList title={`Example, against version ${since}`} differences={example} />
        </>
      )}
      <Link href={`${href}?version=${number}#version`} className="link w-fit">
        Show version {number} whole
      </Link>
    </div>
  );
}
