import { CodeEditor } from "@/components/editor/code-editor";

const EXAMPLE = `function transform({ id, type, timestamp, data, customer, tags }) {
  if (data.test) return null;
  return { data: { ...data, total: data.amount / 100 } };
}`;

/** JavaScript that rewrites an event before it is formatted and signed. */
export function TransformationField({ transformation }: { transformation: string }) {
  return (
    <CodeEditor
      name="transformation"
      label="Transformation"
      optional
      hint={
        <>
          JavaScript with a function <code>transform(event)</code> that returns <code>{"{ data, type? }"}</code>, or{" "}
          <code>null</code> to drop the event. No network, no clock but the event&rsquo;s own time; 500&nbsp;ms and
          48&nbsp;MiB a run. What it throws is a failed attempt, and is tried again.
        </>
      }
      value={transformation}
      language="javascript"
      rows={8}
      placeholder={EXAMPLE}
    />
  );
}
