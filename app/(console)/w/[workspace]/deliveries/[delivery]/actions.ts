"use server";

import { z } from "zod";
import { checkSignature, type SignatureVerdict } from "@/lib/delivery/check-signature.ts";
import { retryInput } from "@/lib/replay/input.ts";
import { done, formAction, invalid } from "@/lib/web/action.ts";
import { loadAttempt, loadRequest, loadSending } from "./load";
import { signedParts } from "./signed-parts";

const MOST_SECRET_CHARACTERS = 200;

const verifyInput = retryInput.extend({
  attempt: z.coerce.number().int().positive(),
  secret: z
    .string({ error: "Paste the secret your receiver uses" })
    .max(MOST_SECRET_CHARACTERS, "No secret is that long"),
});

/** Compares a pasted secret with the signature of an attempt. It is neither stored nor logged, and never sent back. */
export const verifySecretAction = formAction("read", verifyInput, async (input, { workspace }) => {
  const sending = await loadSending(workspace.id, input.delivery);
  const attempt = sending && (await loadAttempt(sending.row, input.attempt));
  if (!attempt) return invalid({ _form: ["This attempt does not exist any more."] });
  const { body } = await loadRequest(sending.row, sending.settings);
  const parts = body && signedParts(attempt, body);
  if (!parts) return invalid({ _form: ["What was signed is not on record any more."] });
  const verdict = checkSignature(parts, input.secret);
  return verdict.result === "matches" ? done(MATCHES(verdict)) : invalid({ secret: [problem(verdict)] });
});

type Match = Extract<SignatureVerdict, { result: "matches" }>;
const MATCHES = ({ number, of }: Match) =>
  of === 1
    ? "It matches: this secret made the signature. A receiver that refuses it reads another body, id or time."
    : `It matches signature ${number} of ${of}. A receiver that refuses it reads another body, id or time.`;

function problem(verdict: Exclude<SignatureVerdict, Match>): string {
  if (verdict.result === "unusable") return verdict.why;
  const since = "or the endpoint's format or transformation was changed since";
  return verdict.hint ?? `It does not match: the signature was made with another secret, ${since}.`;
}
