"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { updateEventType } from "@/lib/event-types/commands.ts";
import { eventTypePatch } from "@/lib/event-types/input.ts";
import { outsideId } from "@/lib/replay/input.ts";
import { followRequest } from "@/lib/reports/request-timeline.ts";
import { findRequest } from "@/lib/reports/requests.ts";
import { done, formAction, invalid } from "@/lib/web/action.ts";

const exampleInput = z.object({ request: outsideId("req", "a request") });

/** The body of a request becomes the example of the event type that its event has. */
export const saveExampleAction = formAction("configure", exampleInput, async (input, { workspace, author }) => {
  const request = await findRequest(workspace.id, input.request);
  if (!request?.body) return invalid({ _form: ["This request is past its retention."] });
  const { steps } = await followRequest(workspace.id, request);
  const event = steps.find(({ kind }) => kind === "event");
  if (event?.kind !== "event") return invalid({ _form: ["It became no event, so there is no type to save it for."] });
  const patch = eventTypePatch.safeParse({ example: request.body.toString("utf8") });
  if (!patch.success) return invalid({ _form: [patch.error.issues[0]?.message ?? "This body cannot be an example."] });
  const updated = await updateEventType(workspace.id, event.type, patch.data, author);
  if (updated.result === "not_found") return invalid({ _form: [`The event type ${event.type} is archived or gone.`] });
  if (updated.result === "mismatch") return invalid({ _form: [updated.problem] });
  revalidatePath(`/w/${workspace.slug}/event-types/${encodeURIComponent(event.type)}`);
  return done(`Saved as the example of ${event.type}`);
});
