import { LinkButton } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import type { EventTypeVersion } from "@/lib/event-types/queries.ts";

/** Schema and example as they were. */
export function WholeVersion({ version, closeHref }: { version: EventTypeVersion; closeHref: string }) {
  const { number, schema, example } = version;
  return (
    <Section
      title={`Version ${number}`}
      id="version"
      actions={
        <LinkButton href={closeHref} size="sm" variant="quiet" scroll={false}>
          Close
        </LinkButton>
      }
    >
      <div className="grid grid-cols-2 items-start gap-4 max-lg:grid-cols-1">
        {schema ? (
          <CodeBlock label={`Schema of version ${number}`} language="json" code={schema} />
        ) : (
          <p className="text-fg-2 text-sm">No schema.</p>
        )}
        {example ? (
          <CodeBlock label={`Example of version ${number}`} language="json" code={example} />
        ) : (
          <p className="text-fg-2 text-sm">No example.</p>
        )}
      </div>
    </Section>
  );
}
