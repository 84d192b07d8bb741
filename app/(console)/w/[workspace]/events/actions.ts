"use server";

import { revalidatePath } from "next/cache";
import { formatId } from "@/lib/ids.ts";
import { replayInput } from "@/lib/replay/input.ts";
import { replayEvent } from "@/lib/replay/replay.ts";
import { done, formAction, invalid } from "@/lib/web/action.ts";

export const replayEventAction = formAction("retry", replayInput, async (input, { workspace, author }) => {
  const replayed = await replayEvent(workspace.id, input.event, author, input.endpoint);
  if (replayed.result === "not_found") return invalid({ _form: ["This event does not exist any more."] });
  if (replayed.result === "no_endpoint") {
    const nobody = input.endpoint ? "This endpoint is disabled or gone." : "No endpoint wants such an event now.";
    return invalid({ _form: [`${nobody} Nothing was sent.`] });
  }
  revalidatePath(`/w/${workspace.slug}/events/${formatId("evt", input.event)}`);
  const count = replayed.deliveryIds.length;
  return done(count === 1 ? "Replay queued: 1 new delivery" : `Replay queued: ${count} new deliveries`);
});
