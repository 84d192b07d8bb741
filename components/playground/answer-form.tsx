import { ChevronRight } from "lucide-react";
import { Field } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { ICON_16 } from "@/components/ui/icon-size";
import { Checkbox, Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { presetOf, type ReceiverAnswer } from "@/lib/receiver/answer.ts";
import type { FormAction } from "@/lib/web/action.ts";

type Props = { slug: string; answer: ReceiverAnswer; action: FormAction };

const NUMBERS = [
  { name: "status", label: "Status", hint: "200 to 599. 410 disables the endpoint." },
  { name: "delayMs", label: "Delay in ms", hint: "Up to 60 000. Deliveries wait 15 s." },
  { name: "failures", label: "Failures first", hint: "So many first calls of each event fail." },
  { name: "failPercent", label: "Flake rate in %", hint: "Beyond those, this many of a hundred fail." },
  { name: "failStatus", label: "Status of failures", hint: "400 to 599." },
  { name: "retryAfterSeconds", label: "Retry-After in s", hint: "Said with failures; empty: not said." },
] as const;

/** The same by hand. Keyed by what holds, so that a press on a preset shows in its fields. */
export function AnswerForm({ slug, answer, action }: Props) {
  return (
    <details className="group/fold mt-4 rounded-card border" open={presetOf(answer) === null}>
      <summary className="focus-inset flex cursor-pointer list-none items-center gap-2.5 px-3 py-2.5 font-medium text-sm hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight {...ICON_16} className="text-fg-3 group-open/fold:rotate-90" />
        Set by hand
      </summary>
      <ActionForm key={JSON.stringify(answer)} action={action} workspace={slug} className="border-t px-3 py-4">
        <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
          {NUMBERS.map(({ name, label, hint }) => (
            <Field key={name} name={name} label={label} hint={hint}>
              <Input mono inputMode="numeric" defaultValue={answer[name] ?? ""} autoComplete="off" />
            </Field>
          ))}
        </div>
        <div className="mt-3 grid gap-1">
          <Checkbox name="hugeBody" label="Answer with a body of 1 MiB" defaultChecked={answer.hugeBody} />
          <Checkbox name="closes" label="Close the connection instead" defaultChecked={answer.closes} />
        </div>
        <div className="mt-3">
          <SubmitButton variant="secondary">Answer like this</SubmitButton>
        </div>
      </ActionForm>
    </details>
  );
}
