import { z } from "zod";
import { checkUrl } from "../delivery/address-policy.ts";
import { isStorable } from "../storable-text.ts";

const MAX_URL_LENGTH = 2_048;

/** A URL that calls may go to. */
export function urlInput(missing: string) {
  return z
    .string()
    .trim()
    .min(1, { error: missing, abort: true })
    .max(MAX_URL_LENGTH, `A URL has at most ${MAX_URL_LENGTH} characters`)
    .superRefine((text, context) => {
      const verdict = isStorable(text)
        ? checkUrl(text)
        : ({ ok: false, problem: "A URL has no such characters" } as const);
      if (!verdict.ok) context.addIssue({ code: "custom", message: verdict.problem });
    });
}
