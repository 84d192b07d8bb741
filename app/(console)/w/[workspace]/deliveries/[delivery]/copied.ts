import type { CopiedRequest } from "@/components/deliveries/copied-request";
import { curlCommand } from "@/components/deliveries/curl";
import { fetchCall } from "@/components/deliveries/fetch-call";
import { pythonCall } from "@/components/deliveries/python-call";

/** In which forms a call can be copied. */
export const COPY_FORMS = {
  curl: { label: "curl", comment: "#", write: curlCommand },
  fetch: { label: "fetch (JavaScript)", comment: "//", write: fetchCall },
  python: { label: "Python", comment: "#", write: pythonCall },
} satisfies Record<string, { label: string; comment: string; write: (request: CopiedRequest) => string }>;
export type CopyForm = keyof typeof COPY_FORMS;

export function isCopyForm(name: string | null): name is CopyForm {
  return name !== null && Object.hasOwn(COPY_FORMS, name);
}

/** The call as code, under what somebody who runs it has to know. */
export function copiedCall(form: CopyForm, request: CopiedRequest): string {
  const { comment, write } = COPY_FORMS[form];
  const notes = [
    ...(request.headers.some(([, value]) => isMasked(value))
      ? ["Values of the endpoint's own headers are masked: put them in before you run it."]
      : []),
    ...(request.headers.some(([name]) => name.toLowerCase() === "webhook-signature")
      ? ["The signature is the one of this attempt: receivers refuse it five minutes after it was made."]
      : []),
  ];
  return `${notes.map((note) => `${comment} ${note}\n`).join("")}${write(request)}`;
}

const isMasked = (value: string) => /^•+$/.test(value);
