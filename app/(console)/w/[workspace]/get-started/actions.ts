"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { createEndpoint } from "@/lib/endpoints/commands.ts";
import { endpointInput } from "@/lib/endpoints/input.ts";
import { dismissGetStarted, makeFirstKey } from "@/lib/get-started/commands.ts";
import { demoInput, sendDemo } from "@/lib/get-started/demo.ts";
import { done, formAction, invalid } from "@/lib/web/action.ts";

const nothing = z.object({});

export const sendDemoAction = formAction("send", demoInput, async ({ mode }, { workspace, author }) => {
  const sent = await sendDemo(workspace.id, mode, author);
  return sent.result === "sent" ? done("Demo sent") : invalid({ _form: [sent.detail] });
});

export const addEndpointAction = formAction("configure", endpointInput, async (input, { workspace, author }) => {
  const made = await createEndpoint(workspace.id, input, author);
  if (made.result === "created") return done("Endpoint added");
  return invalid({ _form: ["This workspace has as many endpoints as it may have."] });
});

export const makeKeyAction = formAction("keys", nothing, async (_input, { workspace, author }) => {
  const { secret } = await makeFirstKey(workspace.id, author);
  return done("Key made. It is shown this once.", { secret });
});

export const dismissAction = formAction("configure", nothing, async (_input, { workspace, author }) => {
  await dismissGetStarted(workspace.id, author);
  return redirect(`/w/${workspace.slug}/overview`);
});
