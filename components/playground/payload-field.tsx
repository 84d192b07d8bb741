"use client";

import { useEffect, useState } from "react";
import { CodeEditor } from "@/components/editor/code-editor";
import type { CodeProblem } from "@/components/editor/code-problem";
import { useLiveValue } from "@/components/ui/live-form";

export type LintAnswer = CodeProblem[];
export type LintAction = (form: FormData) => Promise<LintAnswer>;

/** Nobody is told about what they are still typing. */
const QUIET_MS = 500;

type Props = { slug: string; type: string; payload: string; lint: LintAction };

/** The event's data, checked against the schema of its type while it is typed. */
export function PayloadField({ slug, type, payload, lint }: Props) {
  // From the editor itself: an example that takes its place is no typing.
  const [text, setText] = useState(payload);
  const problems = useLint(slug, { type: useLiveValue("type", type), payload: text }, lint);
  return (
    <div>
      <CodeEditor
        name="payload"
        label="Payload"
        value={payload}
        language="json"
        rows={12}
        onChange={setText}
        problems={problems}
      />
      <div role="status" className="mt-1.5 text-warn text-xs">
        {problems.map(({ line, message }) => (
          <p key={`${line} ${message}`} className="[overflow-wrap:anywhere]">
            Line {line}: {message}
          </p>
        ))}
      </div>
    </div>
  );
}

function useLint(slug: string, { type, payload }: { type: string; payload: string }, lint: LintAction): CodeProblem[] {
  const [problems, setProblems] = useState<CodeProblem[]>([]);
  useEffect(() => {
    let gone = false;
    const timer = setTimeout(async () => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ workspace: slug, type, payload })) form.set(name, value);
      const found = await lint(form);
      if (!gone) setProblems(found);
    }, QUIET_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [slug, type, payload, lint]);
  return problems;
}
