"use server";

import { revalidatePath } from "next/cache";
import { DEMO_EVENT_TYPE, sendDemoEvents } from "@/lib/get-started/demo.ts";
import { PRESETS } from "@/lib/receiver/answer.ts";
import { makeReceiver, setAnswer, subscribeReceiver } from "@/lib/receiver/commands.ts";
import { demoEventsInput, presetInput, receiverAnswerInput, receiverEventsInput } from "@/lib/receiver/input.ts";
import { done, type FormState, formAction, invalid } from "@/lib/web/action.ts";
import type { Actor } from "@/lib/web/session.ts";

const FULL = invalid({ _form: ["This workspace has as many endpoints as it may have."] });

/** Does something with the workspace's receiver, which is made when it has none. */
async function withReceiver(actor: Actor, change: (id: string) => Promise<FormState>): Promise<FormState> {
  const id = await makeReceiver(actor.workspace.id, [DEMO_EVENT_TYPE], actor.author);
  const state = id ? await change(id) : FULL;
  revalidatePath(`/w/${actor.workspace.slug}/playground/receiver`);
  return state;
}

export const choosePresetAction = formAction("configure", presetInput, ({ preset }, actor) =>
  withReceiver(actor, async (id) => {
    await setAnswer(actor.workspace.id, id, PRESETS[preset].answer, actor.author);
    return done(`From now on: ${PRESETS[preset].label}.`);
  }),
);

export const setAnswerAction = formAction("configure", receiverAnswerInput, (answer, actor) =>
  withReceiver(actor, async (id) => {
    await setAnswer(actor.workspace.id, id, answer, actor.author);
    return done("It answers like this from now on.");
  }),
);

export const subscribeAction = formAction("configure", receiverEventsInput, ({ subscriptions }, actor) => {
  if (subscriptions.length === 0) {
    return Promise.resolve(invalid({ subscriptions: [`Give at least one, such as ${DEMO_EVENT_TYPE}`] }));
  }
  return withReceiver(actor, async (id) => {
    await subscribeReceiver(actor.workspace.id, id, subscriptions, actor.author);
    return done("It gets these events from now on.");
  });
});

export const sendDemoEventsAction = formAction("send", demoEventsInput, async ({ count, real }, actor) => {
  const sent = await sendDemoEvents(actor.workspace.id, actor.author, { count, real });
  revalidatePath(`/w/${actor.workspace.slug}/playground/receiver`);
  if (sent.result === "refused") return invalid({ _form: [sent.detail] });
  return done(count === 1 ? "1 event sent." : `${count} events sent.`);
});
