"use server";

import { retryInput } from "@/lib/replay/input.ts";
import { retryDelivery } from "@/lib/replay/retry.ts";
import { done, formAction, invalid } from "@/lib/web/action.ts";

const REFUSALS = {
  not_found: "This delivery does not exist any more.",
  not_retryable:
    "There is nothing to retry: it is on its way, delivered or held, or its endpoint is paused or disabled.",
};

export const retryDeliveryAction = formAction("retry", retryInput, async ({ delivery }, { workspace, author }) => {
  const result = await retryDelivery(workspace.id, delivery, author);
  return result === "queued" ? done("Retry queued") : invalid({ _form: [REFUSALS[result]] });
});
