"use server";

import { revalidatePath } from "next/cache";
import { cancelDelivery } from "@/lib/replay/cancel.ts";
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

const NOT_CANCELLED = {
  not_found: REFUSALS.not_found,
  not_cancellable: "There is nothing to give up: it is over already.",
};

/** Gives a delivery up, or skips it where it stands first in its line: the same deed under two names. */
export const cancelDeliveryAction = formAction("retry", retryInput, async ({ delivery }, { workspace, author }) => {
  const result = await cancelDelivery(workspace.id, delivery, author);
  revalidatePath(`/w/${workspace.slug}`, "layout");
  return result === "cancelled" ? done("Given up") : invalid({ _form: [NOT_CANCELLED[result]] });
});
