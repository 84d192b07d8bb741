import { Badge } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code-block";
import { Time } from "@/components/ui/time";

type Version = { number: number; schema: string | null; example: string | null; createdAt: Date };

/** Schema and example as they were. */
export function VersionList({ versions, current }: { versions: Version[]; current: number }) {
  if (versions.length === 0)
    return <p className="text-fg-2 text-sm">A version is kept whenever schema or example changes.</p>;
  return (
    <ol className="divide-y rounded-card border text-sm">
      {versions.map(({ number, schema, example, createdAt }) => (
        <li key={number}>
          <details>
            <summary className="flex min-h-10 cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 touch:min-h-11">
              <span className="font-medium">Version {number}</span>
              {number === current && <Badge tone="plain">in force</Badge>}
              <span className="ml-auto text-fg-3">
                <Time at={createdAt} />
              </span>
            </summary>
            <div className="grid gap-3 px-3 pb-3">
              {schema ? (
                <CodeBlock label={`Schema of version ${number}`} language="json" code={schema} />
              ) : (
                <p className="text-fg-2">No schema.</p>
              )}
              {example ? (
                <CodeBlock label={`Example of version ${number}`} language="json" code={example} />
              ) : (
                <p className="text-fg-2">No example.</p>
              )}
            </div>
          </details>
        </li>
      ))}
    </ol>
  );
}
