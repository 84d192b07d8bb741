"use client";

import { type MouseEvent, useState, useTransition } from "react";
import { Field } from "@/components/ui/field";
import { useFormState } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useLiveValue } from "@/components/ui/live-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { VerificationBox } from "./verification-box";
import type { VerificationView } from "./verification-view";

export type VerifyAnswer = { ok: true; view: VerificationView } | { ok: false; problems: string[] };
export type VerifyAction = (form: FormData) => Promise<VerifyAnswer>;

type Props = { url: string; autoFocus: boolean; verify: VerifyAction };

/** Where events go, and a button that finds out what answers there, before anything is saved. */
export function VerifyUrl({ url, autoFocus, verify }: Props) {
  const [answer, setAnswer] = useState<{ to: string; given: VerifyAnswer } | null>(null);
  const [pending, start] = useTransition();
  const typed = useLiveValue("url", url);
  const sentBack = useSentBack();
  const run = (event: MouseEvent<HTMLButtonElement>) => {
    const { form } = event.currentTarget;
    if (!form) return;
    // With JavaScript the form stays as it is, secrets and all; without it the button sends it.
    event.preventDefault();
    const data = new FormData(form);
    start(async () => setAnswer({ to: String(data.get("url") ?? ""), given: await verify(data) }));
  };
  const shown = answer?.given ?? (sentBack && ({ ok: true, view: sentBack } satisfies VerifyAnswer));
  return (
    <section aria-label="Where events go" className="grid gap-2">
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2 max-sm:grid-cols-1">
        <Field name="url" label="URL">
          <Input
            mono
            type="url"
            defaultValue={url}
            placeholder="https://api.example.com/webhooks"
            autoCapitalize="off"
            spellCheck={false}
            autoFocus={autoFocus}
          />
        </Field>
        <SubmitButton
          variant="secondary"
          name="intent"
          value="verify"
          pending={pending}
          onClick={run}
          className="sm:mt-6.5"
          title="Sends a signed ping now. Nothing is saved."
        >
          {shown ? "Verify again" : "Verify now"}
        </SubmitButton>
      </div>
      <div role="status">
        {shown?.ok && <VerificationBox view={shown.view} outdated={answer !== null && answer.to !== typed} />}
        {shown && !shown.ok && (
          <div className="text-bad text-xs">
            {shown.problems.map((problem) => (
              <p key={problem}>{problem}</p>
            ))}
          </div>
        )}
      </div>
    </section>
  );
}

/** What came back with the page, when the form was sent whole. */
function useSentBack(): VerificationView | null {
  const state = useFormState();
  return state.status === "tried" && state.data.verification ? JSON.parse(state.data.verification) : null;
}
