import type { DeliveryDetail } from "@/lib/reports/delivery.ts";
import { wordsOfAnswer } from "@/lib/reports/said.ts";
import { loadAttempt } from "./load";

/** What the last answer says about why it refused, when it did. */
export async function answerWords(row: DeliveryDetail): Promise<string | null> {
  const last = row.attemptList.at(-1);
  if (!last || last.outcome === "success" || !last.responseBytes || row.status === "delivered") return null;
  const whole = await loadAttempt(row, last.number);
  return wordsOfAnswer(whole?.responseBody ?? null);
}
