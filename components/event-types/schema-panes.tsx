"use client";

import { type MouseEvent, type ReactNode, useRef, useState, useTransition } from "react";
import { CodeEditor } from "@/components/editor/code-editor";
import { ProblemList } from "@/components/editor/problem-list";
import { Button } from "@/components/ui/button";
import { useLiveValue } from "@/components/ui/live-form";
import { BreakingNote } from "./breaking-note";
import type { DraftTools, Made } from "./draft";
import { EventPreview } from "./event-preview";
import { useDraftCheck } from "./use-draft-check";

const ROWS = 18;

type SchemaPanesProps = {
  /** The type being changed; null: a new one. */
  name: string | null;
  schema: string;
  example: string;
  /** Where the schema comes from, when it was not saved yet. */
  note: string | null;
  now: string;
  tools: DraftTools;
};

/** Schema, example and what endpoints get, side by side; each is checked against the other as it is typed. */
export function SchemaPanes({ name, schema, example, note, now, tools }: SchemaPanesProps) {
  const panes = useRef<HTMLDivElement>(null);
  const draft = { schema: useLiveValue("schema", schema), example: useLiveValue("example", example) };
  const checked = useDraftCheck(tools.check, panes, draft);
  const [madeSchema, makeSchema, makingSchema] = useMade(note);
  const [madeExample, makeExample, makingExample] = useMade(null);
  return (
    <div ref={panes} className="grid gap-4">
      <div className="grid grid-cols-3 items-start gap-4 max-xl:grid-cols-2 max-md:grid-cols-1">
        <CodeEditor
          name="schema"
          label="JSON Schema"
          optional
          hint={<Hint made={madeSchema}>JSON Schema 2020-12 for the event&rsquo;s data.</Hint>}
          value={schema}
          language="json"
          rows={ROWS}
          placeholder={SCHEMA_PLACEHOLDER}
          problems={checked?.schema}
          below={checked && <ProblemList name="schema" problems={checked.schema} />}
          replacement={madeSchema.replacement}
          tools={
            <Tools>
              {name && (
                <Tool
                  href="?schema=events"
                  disabled={makingSchema}
                  onMake={(form) => makeSchema(() => tools.schemaOfEvents(form))}
                >
                  Infer from 20 events
                </Tool>
              )}
              <Tool disabled={makingSchema} onMake={(form) => makeSchema(() => tools.schemaOfExample(form))}>
                Infer from example
              </Tool>
            </Tools>
          }
        />
        <CodeEditor
          name="example"
          label="Example"
          optional
          hint={<Hint made={madeExample}>Test events send it. Paste any JSON here to infer a schema from it.</Hint>}
          value={example}
          language="json"
          rows={ROWS}
          placeholder={EXAMPLE_PLACEHOLDER}
          problems={checked?.example}
          below={checked && <ProblemList name="example" problems={checked.example} />}
          replacement={madeExample.replacement}
          tools={
            <Tools>
              <Tool disabled={makingExample} onMake={(form) => makeExample(() => tools.exampleOfSchema(form))}>
                Generate from schema
              </Tool>
            </Tools>
          }
        />
        <EventPreview name={name ?? ""} example={example} now={now} rows={ROWS} checked={checked} />
      </div>
      {name && <BreakingNote breaking={checked?.breaking ?? null} />}
    </div>
  );
}

type MadeState = { replacement: { text: string } | null; note: string | null; problem: string | null };

function useMade(note: string | null): [MadeState, (make: () => Promise<Made>) => void, boolean] {
  const [state, setState] = useState<MadeState>({ replacement: null, note, problem: null });
  const [pending, start] = useTransition();
  const run = (make: () => Promise<Made>) =>
    start(async () => {
      const made = await make();
      setState(
        made.ok
          ? { replacement: { text: made.text }, note: made.note, problem: null }
          : { replacement: null, note: null, problem: made.problem },
      );
    });
  return [state, run, pending];
}

/** In the line above a box: what fills it. */
function Tools({ children }: { children: ReactNode }) {
  return <div className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1">{children}</div>;
}

/** Under a box: where its text comes from, or why none came; else what belongs there. */
function Hint({ made: { note, problem }, children }: { made: MadeState; children: ReactNode }) {
  return (
    <span role="status" className={problem ? "text-bad" : note ? "text-fg" : undefined}>
      {problem ?? note ?? children}
    </span>
  );
}

type ToolProps = { href?: string; disabled: boolean; onMake: (form: FormData) => void; children: ReactNode };

/** With an address it works without scripts too, as a link that loses what was typed. */
function Tool({ href, disabled, onMake, children }: ToolProps) {
  const make = (event: MouseEvent<HTMLElement>) => {
    const form = event.currentTarget.closest("form");
    if (form) onMake(new FormData(form));
  };
  return (
    <>
      <Button size="sm" disabled={disabled} onClick={make}>
        {children}
      </Button>
      {href && (
        <noscript>
          <a href={href} className="link text-sm">
            {children}
          </a>
        </noscript>
      )}
    </>
  );
}

const SCHEMA_PLACEHOLDER = `{
  "type": "object",
  "required": ["orderId", "total"],
  "properties": {
    "orderId": { "type": "string" },
    "total": { "type": "number" }
  }
}`;

const EXAMPLE_PLACEHOLDER = `{
  "orderId": "ord_981",
  "total": 129.5
}`;
