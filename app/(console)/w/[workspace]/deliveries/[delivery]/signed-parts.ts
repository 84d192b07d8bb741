import type { SignedParts } from "@/lib/delivery/check-signature.ts";
import type { WholeAttempt } from "@/lib/reports/delivery.ts";

/** What was signed on an attempt, and the signatures; null when no request was sent. */
export function signedParts({ requestHeaders }: WholeAttempt, body: Buffer): SignedParts | null {
  const headers = new Map((requestHeaders ?? []).map(([name, value]) => [name.toLowerCase(), value]));
  const [id, timestamp] = [headers.get("webhook-id"), headers.get("webhook-timestamp")];
  const signatures = headers.get("webhook-signature");
  return id && timestamp && signatures ? { id, timestamp, signatures, body } : null;
}
