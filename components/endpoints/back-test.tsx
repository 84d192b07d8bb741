"use client";

import { lazy, type MouseEvent, Suspense, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import type { BackTestReport } from "@/lib/back-test/back-test.ts";

/** Only who has tried something has to load what shows it. */
const Answer = lazy(() => import("./back-test-answer").then((part) => ({ default: part.Answer })));

export type BackTestAnswer = { ok: true; report: BackTestReport } | { ok: false; problems: string[] };
export type BackTestAction = (form: FormData) => Promise<BackTestAnswer>;

/** Tries the form's filter and transformation on recent events, before anything is saved. */
export function BackTest({ tryOut }: { tryOut: BackTestAction }) {
  const [answer, setAnswer] = useState<BackTestAnswer | null>(null);
  const [pending, start] = useTransition();
  const run = ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    const { form } = currentTarget;
    if (form) start(async () => setAnswer(await tryOut(new FormData(form))));
  };
  return (
    <section aria-label="Try on recent events" className="grid gap-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <Button type="button" variant="secondary" onClick={run} disabled={pending}>
          {pending ? "Trying…" : "Try on recent events"}
        </Button>
        <span className="text-fg-3 text-xs">On up to 50 of the newest. Nothing is saved or sent.</span>
      </div>
      <div role="status">
        <Suspense>{answer && <Answer answer={answer} />}</Suspense>
      </div>
    </section>
  );
}
