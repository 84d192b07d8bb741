import type { CopiedRequest } from "./copied-request";
import { csharpCall } from "./csharp-call";
import { curlCommand } from "./curl";
import { fetchCall } from "./fetch-call";
import { pythonCall } from "./python-call";

/** In which forms a call can be copied. */
export const COPY_FORMS = {
  curl: { label: "curl", comment: "#", write: curlCommand },
  fetch: { label: "fetch (JavaScript)", comment: "//", write: fetchCall },
  csharp: { label: "C#", comment: "//", write: csharpCall },
  python: { label: "Python", comment: "#", write: pythonCall },
} satisfies Record<string, { label: string; comment: string; write: (request: CopiedRequest) => string }>;
export type CopyForm = keyof typeof COPY_FORMS;

export function isCopyForm(name: string | null): name is CopyForm {
  return name !== null && Object.hasOwn(COPY_FORMS, name);
}

/** The call as code, under what somebody who runs it has to know. */
export function codeWithNotes(form: CopyForm, notes: string[], request: CopiedRequest): string {
  const { comment, write } = COPY_FORMS[form];
  return `${notes.map((note) => `${comment} ${note}\n`).join("")}${write(request)}`;
}
