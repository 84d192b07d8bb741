"use server";

import { checkSignature, parseHeaderLines } from "@/lib/playground/check-signature.ts";
import { signatureInput } from "@/lib/playground/input.ts";
import { formAction, tried } from "@/lib/web/action.ts";

/** Tells whether a signature is genuine, and why not. Nothing of what was pasted is kept. */
export const checkSignatureAction = formAction("read", signatureInput, async ({ body, headers, signingSecret }) => {
  const check = { headers: parseHeaderLines(headers), body, secret: signingSecret, now: new Date() };
  return tried({ verdict: JSON.stringify(checkSignature(check)) });
});
