import { setTimeout as delay } from "node:timers/promises";
import type { Load, Loaded } from "./load.ts";
import { message, type Part } from "./part.ts";
import type { Count, Received } from "./receiver.ts";

export type Tools = { receiverUrl: string; load: Part };

const NOTHING_ARRIVES_MS = 30_000;
const LOOK_EVERY_MS = 100;

export const HOOK = "/hook";

/** Posts, and waits until everything posted has arrived. */
export async function through(load: Load, tools: Tools): Promise<{ loaded: Loaded; received: Received }> {
  await forget(tools);
  const loaded = await post(load, tools);
  return { loaded, received: await arrived(load.posts * load.batch, tools) };
}

export async function post(load: Load, { load: generator }: Pick<Tools, "load">): Promise<Loaded> {
  const answer = message<{ type: string; loaded: Loaded }>(generator.child, "loaded");
  generator.child.send(load);
  const { loaded } = await answer;
  if (Object.keys(loaded.codes).join() !== "202") throw new Error(`Refused: ${JSON.stringify(loaded.codes)}`);
  return loaded;
}

export async function forget({ receiverUrl }: Tools): Promise<void> {
  await fetch(receiverUrl, { method: "DELETE" });
}

/** Waits until so many different deliveries have come to a path. */
export async function arrived(count: number, tools: Tools, path = HOOK): Promise<Received> {
  let last: Count | undefined;
  let changedAt = Date.now();
  while (Date.now() - changedAt < NOTHING_ARRIVES_MS) {
    const now = await counted(tools, path);
    if (now.unique >= count) return ask<Received>(`${tools.receiverUrl}${path}?figures`);
    if (now.count !== last?.count) changedAt = Date.now();
    last = now;
    await delay(LOOK_EVERY_MS);
  }
  throw new Error(`Only ${last?.unique} of ${count} deliveries arrived`);
}

export function counted({ receiverUrl }: Tools, path = HOOK): Promise<Count> {
  return ask<Count>(`${receiverUrl}${path}`);
}

async function ask<Answer>(url: string): Promise<Answer> {
  const answer = await fetch(url);
  return answer.json() as Promise<Answer>;
}

export function perSecond(count: number, ms: number): number {
  return Math.round((count / Math.max(1, ms)) * 1_000);
}
