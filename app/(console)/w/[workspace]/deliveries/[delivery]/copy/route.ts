import { notFound } from "next/navigation";
import type { NextRequest } from "next/server";
import { isCopyForm } from "@/components/deliveries/copy-forms";
import { plainSentence } from "@/components/deliveries/sentence";
import { ticketMarkdown } from "@/components/deliveries/ticket";
import { publicUrl } from "@/lib/env.ts";
import { formatId, parseId } from "@/lib/ids.ts";
import { requireActor } from "@/lib/web/session.ts";
import { answerWords } from "../answer-words";
import { copiedCall } from "../copied";
import { diagnose, hasDiagnosis } from "../diagnose";
import { type LoadedDelivery, loadAttempt, loadDelivery, loadRequest } from "../load";
import { chosenAttempt } from "../search";

type Context = { params: Promise<{ workspace: string; delivery: string }> };

/** GET ?as=curl|fetch|python|ticket&attempt=3: the call as code, or the delivery as Markdown. Plain text, never a page. */
export async function GET(request: NextRequest, { params }: Context) {
  const { workspace: slug, delivery } = await params;
  const { workspace } = await requireActor(slug);
  const loaded = await loadDelivery(workspace.id, parseId("dlv", delivery));
  if (!loaded) notFound();
  const query = request.nextUrl.searchParams;
  const text = await written(loaded, slug, query.get("as"), Number(query.get("attempt")) || undefined);
  if (text === null) notFound();
  return new Response(text, {
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
}

async function written(loaded: LoadedDelivery, slug: string, as: string | null, number: number | undefined) {
  const { row, settings } = loaded;
  const attempt = await loadAttempt(row, chosenAttempt(row.attemptList, { attempt: number })?.number);
  if (as === "ticket") return ticket(loaded, slug);
  if (!isCopyForm(as)) return null;
  const sent = await loadRequest(row, settings);
  if (!sent.body) return null;
  return copiedCall(as, {
    method: sent.method,
    url: sent.url,
    headers: attempt?.requestHeaders ?? [["content-type", sent.contentType]],
    body: sent.body,
  });
}

async function ticket(loaded: LoadedDelivery, slug: string): Promise<string> {
  const { row } = loaded;
  const last = await loadAttempt(row, row.attemptList.at(-1)?.number);
  const ill = hasDiagnosis(row);
  const findings = diagnose(loaded, slug, await answerWords(row));
  const deliveryId = formatId("dlv", row.id);
  return ticketMarkdown({
    eventType: row.eventType,
    status: row.status,
    url: row.endpoint?.url ?? "",
    deliveryId,
    eventId: formatId("evt", row.eventId),
    link: `${publicUrl()}/w/${slug}/deliveries/${deliveryId}`,
    why: ill ? findings.why : null,
    evidence: ill ? findings.evidence.map(({ parts }) => plainSentence(parts)) : [],
    next: ill ? (findings.cause?.next ?? null) : null,
    attempts: row.attemptList,
    last,
  });
}
