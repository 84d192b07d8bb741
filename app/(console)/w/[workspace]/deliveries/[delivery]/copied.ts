import type { CopiedRequest } from "@/components/deliveries/copied-request";
import { type CopyForm, codeWithNotes } from "@/components/deliveries/copy-forms";

/** The call as code, under what somebody who runs it has to know. */
export function copiedCall(form: CopyForm, request: CopiedRequest): string {
  const notes = [
    ...(request.headers.some(([, value]) => isMasked(value))
      ? ["Values of the endpoint's own headers are masked: put them in before you run it."]
      : []),
    ...(request.headers.some(([name]) => name.toLowerCase() === "webhook-signature")
      ? ["The signature is the one of this attempt: receivers refuse it five minutes after it was made."]
      : []),
  ];
  return codeWithNotes(form, notes, request);
}

const isMasked = (value: string) => /^•+$/.test(value);
