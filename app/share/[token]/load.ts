import { cache } from "react";
import { findAttempt, type WholeAttempt } from "@/lib/reports/delivery.ts";
import { findShared } from "@/lib/share-links/queries.ts";
import { harmlessDetail, redactHeaders, redactUrl } from "@/lib/share-links/redact.ts";
import { loadRequest, loadSending } from "../../(console)/w/[workspace]/deliveries/[delivery]/load";
import { chosenAttempt } from "../../(console)/w/[workspace]/deliveries/[delivery]/search";

/** What a link opens, as a stranger may see it; null when it opens nothing. */
export const loadShared = cache(async (token: string) => {
  const link = await findShared(token);
  const sending = link && (await loadSending(link.workspaceId, link.deliveryId));
  if (!link || !sending) return null;
  return { link, row: sending.row, settings: sending.settings, url: redactUrl(sending.row.endpoint?.url ?? "") };
});
export type Shared = NonNullable<Awaited<ReturnType<typeof loadShared>>>;

/** One attempt without what may open something, and without bodies unless they were chosen. */
export async function sharedAttempt({ row, link }: Shared, number: number | undefined): Promise<WholeAttempt | null> {
  const chosen = chosenAttempt(row.attemptList, { attempt: number });
  const whole = chosen && (await findAttempt(row.id, chosen.number));
  return (
    whole && {
      ...whole,
      detail: harmlessDetail(whole),
      actor: null,
      remoteAddress: null,
      requestHeaders: whole.requestHeaders && redactHeaders(whole.requestHeaders),
      responseHeaders: whole.responseHeaders && redactHeaders(whole.responseHeaders),
      responseBody: link.showsBodies ? whole.responseBody : null,
    }
  );
}

/** The request's body where bodies were chosen. */
export async function sharedRequest({ row, settings, link, url }: Shared) {
  // Nothing is read, and nobody's transformation runs, for what is not shown.
  if (!link.showsBodies) return { method: settings.method, url, body: null, contentType: "", note: NOT_SHARED };
  return { ...(await loadRequest(row, settings)), url };
}

const NOT_SHARED = "The body is not shared with this link.";
