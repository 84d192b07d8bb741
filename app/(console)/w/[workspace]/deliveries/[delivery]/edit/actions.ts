"use server";

import { redirect } from "next/navigation";
import { formatId } from "@/lib/ids.ts";
import { replayEdited } from "@/lib/replay/edit.ts";
import { editInput } from "@/lib/replay/input.ts";
import { formAction, invalid } from "@/lib/web/action.ts";
import { loadSending } from "../load";

/** Leads to the new delivery, or to the new event when it has several. */
export const replayEditedAction = formAction("send", editInput, async (input, { workspace, author }) => {
  const sending = await loadSending(workspace.id, input.delivery);
  if (!sending) return invalid({ _form: ["This delivery does not exist any more."] });
  const { eventId, endpointId } = sending.row;
  const edit = { data: Buffer.from(input.payload), ...(input.to === "endpoint" && { endpointId }) };
  const edited = await replayEdited(workspace.id, eventId, edit, author);
  if (edited.result === "not_found") return invalid({ _form: ["The event does not exist any more."] });
  if (edited.result === "refused") return invalid({ payload: edited.problems });
  if (edited.result === "no_endpoint") {
    const nobody =
      input.to === "endpoint" ? "The endpoint is disabled or gone." : "No endpoint wants such an event now.";
    return invalid({ to: [`${nobody} Nothing was sent.`] });
  }
  const [only, ...more] = edited.deliveryIds;
  const base = `/w/${workspace.slug}`;
  redirect(
    only && more.length === 0
      ? `${base}/deliveries/${formatId("dlv", only)}`
      : `${base}/events/${formatId("evt", edited.eventId)}`,
  );
});
