import { z } from "zod";
import type { Author } from "../audit/record.ts";
import { createEventType } from "../event-types/commands.ts";
import { findEventType } from "../event-types/queries.ts";
import { accept } from "../ingest/accept.ts";
import { ALWAYS_OK, PRESET_NAMES, PRESETS, type Preset } from "../receiver/answer.ts";
import { makeReceiver, setAnswer } from "../receiver/commands.ts";
import { findReceiver } from "../receiver/queries.ts";

export const DEMO_EVENT_TYPE = "demo.hello";
const DEMO_MESSAGE = "Hello from Posthorn";

export const demoInput = z.object({ mode: z.enum(PRESET_NAMES) });

export type DemoResult = { result: "sent" } | { result: "refused"; detail: string };
type DemoOptions = {
  /** How many events. */
  count?: number;
  /** Counted in figures and by the circuit, as a customer's would be. */
  real?: boolean;
};

/** Has the built-in receiver answer in one of the known ways, and sends it a demo event. */
export async function sendDemo(workspaceId: string, mode: Preset, author: Author): Promise<DemoResult> {
  const receiverId = await makeReceiver(workspaceId, [DEMO_EVENT_TYPE], author);
  if (!receiverId) return { result: "refused", detail: TOO_MANY_ENDPOINTS };
  const { answer } = PRESETS[mode];
  const before = (await findReceiver(workspaceId))?.answer ?? ALWAYS_OK;
  if (JSON.stringify(before) !== JSON.stringify(answer)) await setAnswer(workspaceId, receiverId, answer, author);
  return sendDemoEvents(workspaceId, author);
}

/** Sends demo events to the built-in receiver, and to no other endpoint, with whatever is missing for it. */
export async function sendDemoEvents(
  workspaceId: string,
  author: Author,
  { count = 1, real = false }: DemoOptions = {},
): Promise<DemoResult> {
  await makeEventType(workspaceId, author);
  const receiverId = await makeReceiver(workspaceId, [DEMO_EVENT_TYPE], author);
  if (!receiverId) return { result: "refused", detail: TOO_MANY_ENDPOINTS };
  const sending = Array.from({ length: count }, (_, index) =>
    accept({
      workspaceId,
      type: DEMO_EVENT_TYPE,
      data: demoData(count === 1 ? null : index + 1),
      test: !real,
      endpointIds: [receiverId],
    }),
  );
  const refused = (await Promise.all(sending)).find(({ result }) => result === "refused");
  return refused?.result === "refused" ? { result: "refused", detail: refused.detail } : { result: "sent" };
}

const TOO_MANY_ENDPOINTS = "This workspace has as many endpoints as it may have.";

function demoData(number: number | null): Buffer {
  return Buffer.from(JSON.stringify({ message: DEMO_MESSAGE, ...(number !== null && { number }) }));
}

async function makeEventType(workspaceId: string, author: Author): Promise<void> {
  if (await findEventType(workspaceId, DEMO_EVENT_TYPE)) return;
  await createEventType(
    workspaceId,
    {
      name: DEMO_EVENT_TYPE,
      description: "Sent by Get started to the built-in receiver.",
      schema: null,
      example: demoData(null).toString(),
      enforcement: "off",
      retrySchedule: null,
    },
    author,
  );
}
