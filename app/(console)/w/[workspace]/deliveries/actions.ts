"use server";

import { retryInput } from "@/lib/replay/input.ts";
import { retryDelivery } from "@/lib/replay/retry.ts";
import { done, formAction, invalid } from "@/lib/web/action.ts";

const REFUSALS = {
  not_found: "This delivery does not exist any more.",
  not_retryable: "There is nothing to retry: it is on its way or delivered, or its endpoint is paused or disabled.",
  out_of_turn: "Its endpoint keeps an order, and others are before it. Skip those, or wait for its turn.",
};

export const retryDeliveryAction = formAction("retry", retryInput, async ({ delivery }, { workspace, author }) => {
  const result = await retryDelivery(workspace.id, delivery, author);
  return result === "queued" ? done("Retry queued") : invalid({ _form: [REFUSALS[result]] });
});
