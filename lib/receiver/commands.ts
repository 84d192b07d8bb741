import { receiverAnswer } from "../../drizzle/schema/console.ts";
import { type Author, recordAudit } from "../audit/record.ts";
import { db } from "../db.ts";
import { createEndpoint, enableEndpoint, updateEndpoint } from "../endpoints/commands.ts";
import { endpointInput } from "../endpoints/input.ts";
import { formatId, newId } from "../ids.ts";
import { receiverUrl } from "./address.ts";
import type { ReceiverAnswer } from "./answer.ts";
import { findReceiver } from "./queries.ts";

export const RECEIVER_NAME = "Built-in receiver";

/** The workspace's endpoint of the built-in receiver, made when it has none; null when it has too many endpoints for one more. */
export async function makeReceiver(
  workspaceId: string,
  subscriptions: string[],
  author: Author,
): Promise<string | null> {
  const found = await findReceiver(workspaceId);
  if (!found) return newReceiver(workspaceId, subscriptions, author);
  // Mostly by a 410 that it was told to answer. Whoever paused it wants to see what is held.
  if (found.status === "disabled") await enableEndpoint(workspaceId, found.id, author);
  return found.id;
}

async function newReceiver(workspaceId: string, subscriptions: string[], author: Author): Promise<string | null> {
  const id = newId();
  const usual = endpointInput.omit({ url: true }).parse({ description: RECEIVER_NAME, subscriptions });
  const made = await createEndpoint(workspaceId, { ...usual, url: receiverUrl(id) }, author, { builtIn: true, id });
  return made.result === "created" ? made.id : null;
}

/** From the next call on it answers like this. */
export async function setAnswer(
  workspaceId: string,
  endpointId: string,
  answer: ReceiverAnswer,
  author: Author,
): Promise<void> {
  await db().transaction(async (tx) => {
    const values = { answer, updatedAt: new Date() };
    await tx
      .insert(receiverAnswer)
      .values({ endpointId, ...values })
      .onConflictDoUpdate({ target: receiverAnswer.endpointId, set: values });
    await recordAudit(tx, workspaceId, author, {
      action: "receiver.answer_changed",
      target: formatId("ep", endpointId),
      targetName: RECEIVER_NAME,
      detail: answer,
    });
  });
}

/** Which events it gets beside those it is sent on purpose. */
export async function subscribeReceiver(
  workspaceId: string,
  endpointId: string,
  subscriptions: string[],
  author: Author,
): Promise<void> {
  await updateEndpoint(workspaceId, endpointId, { subscriptions }, author);
}
