import { CodeEditor } from "@/components/editor/code-editor";

const EXAMPLE = '{\n  "amount": { "$gte": 100 },\n  "customer.country": { "$in": ["DE", "FR"] }\n}';

/** Conditions on an event's data, as JSON. */
export function FilterField({ filter }: { filter: string }) {
  return (
    <CodeEditor
      name="filter"
      label="Filter"
      optional
      hint={
        <>
          Conditions on the event&rsquo;s data, as in MongoDB: a path with dots, then a value or operators such as{" "}
          <code>$gte</code>, <code>$in</code>, <code>$exists</code>, <code>$regex</code>, <code>$elemMatch</code>,{" "}
          <code>$or</code>. All of them must hold. What does not match is kept as discarded.
        </>
      }
      value={filter}
      language="json"
      rows={5}
      placeholder={EXAMPLE}
    />
  );
}
