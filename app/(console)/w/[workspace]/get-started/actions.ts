"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { createEndpoint } from "@/lib/endpoints/commands.ts";
import { endpointInput } from "@/lib/endpoints/input.ts";
import { dismissGetStarted, makeFirstKey } from "@/lib/get-started/commands.ts";
import { demoInput, sendDemo } from "@/lib/get-started/demo.ts";
import { formatId } from "@/lib/ids.ts";
import { verifyInput } from "@/lib/playground/input.ts";
import { verifyEndpoint } from "@/lib/playground/verify-endpoint.ts";
import { done, formAction, invalid } from "@/lib/web/action.ts";
import type { Actor } from "@/lib/web/session.ts";

const nothing = z.object({});

function showAnew({ workspace }: Actor) {
  revalidatePath(`/w/${workspace.slug}/get-started`);
}

export const sendDemoAction = formAction("send", demoInput, async ({ mode }, actor) => {
  const sent = await sendDemo(actor.workspace.id, mode, actor.author);
  showAnew(actor);
  return sent.result === "sent" ? done("Demo sent") : invalid({ _form: [sent.detail] });
});

export const addEndpointAction = formAction("configure", endpointInput, async (input, actor) => {
  const made = await createEndpoint(actor.workspace.id, input, actor.author);
  if (made.result !== "created") return invalid({ _form: ["This workspace has as many endpoints as it may have."] });
  // Added whether it answers or not: the step says how it went.
  await verifyEndpoint(
    actor.workspace,
    verifyInput.parse({ ...input, endpoint: formatId("ep", made.id) }),
    actor.author,
  );
  showAnew(actor);
  return done("Endpoint added");
});

export const makeKeyAction = formAction("keys", nothing, async (_input, actor) => {
  const { secret } = await makeFirstKey(actor.workspace.id, actor.author);
  showAnew(actor);
  return done("Key made. It is shown this once.", { secret });
});

export const dismissAction = formAction("configure", nothing, async (_input, { workspace, author }) => {
  await dismissGetStarted(workspace.id, author);
  // The sidebar, which outlives the change of page, shows the way here no longer.
  revalidatePath(`/w/${workspace.slug}`, "layout");
  return redirect(`/w/${workspace.slug}/overview`);
});
