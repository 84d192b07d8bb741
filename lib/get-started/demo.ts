import { and, desc, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { endpoint } from "../../drizzle/schema/configuration.ts";
import type { Author } from "../audit/record.ts";
import { db } from "../db.ts";
import { createEndpoint } from "../endpoints/commands.ts";
import { endpointInput } from "../endpoints/input.ts";
import { createEventType } from "../event-types/commands.ts";
import { findEventType } from "../event-types/queries.ts";
import { accept } from "../ingest/accept.ts";
import { RECEIVER_HOST } from "../receiver/server.ts";

export const DEMO_EVENT_TYPE = "demo.hello";
const DEMO_DATA = Buffer.from('{"message":"Hello from Posthorn"}');

/** How the built-in receiver answers; each way is an endpoint of its own. */
export const DEMO_MODES = {
  ok: { label: "Receiver: always 200", path: "/ok" },
  "fail-then-ok": { label: "Receiver: 500, then 200", path: "/fail-then-ok" },
  slow: { label: "Receiver: 200 after 3 s", path: "/slow" },
  error: { label: "Receiver: always 500", path: "/status/500" },
} as const;
export type DemoMode = keyof typeof DEMO_MODES;
const MODES = Object.keys(DEMO_MODES) as [DemoMode, ...DemoMode[]];

export const demoInput = z.object({ mode: z.enum(MODES) });

export type DemoResult = { result: "sent" } | { result: "refused"; detail: string };

/** Sends a demo event to the built-in receiver, with whatever is missing for it: its type, and the endpoint. */
export async function sendDemo(workspaceId: string, mode: DemoMode, author: Author): Promise<DemoResult> {
  await makeEventType(workspaceId, author);
  const endpointId = (await findDemoEndpoint(workspaceId, mode)) ?? (await makeDemoEndpoint(workspaceId, mode, author));
  if (!endpointId) return { result: "refused", detail: "This workspace has as many endpoints as it may have." };
  const sent = await accept({
    workspaceId,
    type: DEMO_EVENT_TYPE,
    data: DEMO_DATA,
    test: true,
    endpointIds: [endpointId],
  });
  return sent.result === "refused" ? { result: "refused", detail: sent.detail } : { result: "sent" };
}

async function makeEventType(workspaceId: string, author: Author): Promise<void> {
  if (await findEventType(workspaceId, DEMO_EVENT_TYPE)) return;
  await createEventType(
    workspaceId,
    {
      name: DEMO_EVENT_TYPE,
      description: "Sent by Get started to the built-in receiver.",
      schema: null,
      example: DEMO_DATA.toString(),
      enforcement: "off",
      retrySchedule: null,
    },
    author,
  );
}

/** Which way of answering a built-in endpoint stands for. */
export function demoModeOf(url: string): DemoMode {
  return MODES.find((mode) => demoUrl(mode) === url) ?? "ok";
}

const demoUrl = (mode: DemoMode) => `http://${RECEIVER_HOST}${DEMO_MODES[mode].path}`;

async function findDemoEndpoint(workspaceId: string, mode: DemoMode): Promise<string | null> {
  const [found] = await db()
    .select({ id: endpoint.id })
    .from(endpoint)
    .where(
      and(
        eq(endpoint.workspaceId, workspaceId),
        eq(endpoint.builtIn, true),
        eq(endpoint.url, demoUrl(mode)),
        eq(endpoint.status, "active"),
        isNull(endpoint.deletedAt),
      ),
    )
    .orderBy(desc(endpoint.id))
    .limit(1);
  return found?.id ?? null;
}

async function makeDemoEndpoint(workspaceId: string, mode: DemoMode, author: Author): Promise<string | null> {
  const given = { description: "Built-in receiver", subscriptions: [DEMO_EVENT_TYPE] };
  const usual = endpointInput.omit({ url: true }).parse(given);
  const made = await createEndpoint(workspaceId, { ...usual, url: demoUrl(mode) }, author, { builtIn: true });
  return made.result === "created" ? made.id : null;
}
