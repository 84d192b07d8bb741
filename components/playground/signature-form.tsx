"use client";

import { CircleCheck, CircleX } from "lucide-react";
import { Field } from "@/components/ui/field";
import { ActionForm, useFormState } from "@/components/ui/form";
import { ICON_14, ICON_16 } from "@/components/ui/icon-size";
import { Input, Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { SignatureVerdict } from "@/lib/playground/check-signature.ts";
import type { FormAction } from "@/lib/web/action.ts";

const HEADERS = "webhook-id: evt_…\nwebhook-timestamp: 1795280082\nwebhook-signature: v1,…";

/** Payload, headers and secret in; verdict and reason out. */
export function SignatureForm({ slug, action }: { slug: string; action: FormAction }) {
  return (
    <ActionForm action={action} workspace={slug} className="grid gap-4">
      <Field name="headers" label="Headers" hint="One a line; other headers may stand between them.">
        <Textarea mono rows={4} placeholder={HEADERS} autoCapitalize="off" autoComplete="off" />
      </Field>
      <Field name="body" label="Body" hint="Byte for byte as it came, before anything has parsed it.">
        <Textarea mono rows={8} autoCapitalize="off" autoComplete="off" />
      </Field>
      <Field
        name="signingSecret"
        label="Secret"
        hint="whsec_…, or whpk_… of a key pair. Used for this check alone; it has to be pasted again for the next."
      >
        <Input mono autoCapitalize="off" autoComplete="off" spellCheck={false} />
      </Field>
      <div>
        <SubmitButton>Check signature</SubmitButton>
      </div>
      <Verdict />
    </ActionForm>
  );
}

function Verdict() {
  const state = useFormState();
  const verdict: SignatureVerdict | null =
    state.status === "tried" && state.data.verdict ? JSON.parse(state.data.verdict) : null;
  return (
    <div role="status">
      {verdict && (
        <div data-genuine={verdict.good} className="rounded-card border">
          <p className="flex items-center gap-2 px-3 py-2 font-medium text-sm">
            {verdict.good ? (
              <CircleCheck {...ICON_16} className="text-ok" />
            ) : (
              <CircleX {...ICON_16} className="text-bad" />
            )}
            {verdict.title}
          </p>
          {verdict.findings.length > 0 && (
            <ul className="grid gap-1 border-t px-3 py-2 text-sm">
              {verdict.findings.map(({ ok, words }) => (
                <li key={words} className="flex items-center gap-2 [overflow-wrap:anywhere]">
                  {ok ? (
                    <CircleCheck {...ICON_14} className="text-fg-3" />
                  ) : (
                    <CircleX {...ICON_14} className="text-bad" />
                  )}
                  <span className="sr-only">{ok ? "Fine:" : "Wrong:"}</span>
                  {words}
                </li>
              ))}
            </ul>
          )}
          {verdict.advice && <p className="border-t px-3 py-2 text-fg-2 text-sm">{verdict.advice}</p>}
        </div>
      )}
    </div>
  );
}
