import { request, source } from "../../drizzle/schema/inbound.ts";
import { db } from "../../lib/db.ts";
import { newId } from "../../lib/ids.ts";

// Inbound calls as the door would have left them, written straight into the tables.

/** A source that takes Stripe's calls. */
export async function aSourceRow(
  workspaceId: string,
  values: Partial<typeof source.$inferInsert> = {},
): Promise<string> {
  const id = values.id ?? newId();
  await db()
    .insert(source)
    .values({
      workspaceId,
      name: "Payments",
      provider: "stripe",
      token: `st_${id.replaceAll("-", "")}`,
      typePrefix: "stripe",
      ...values,
      id,
    });
  return id;
}

type RequestValues = Partial<typeof request.$inferInsert>;

/** A call that was accepted and became no event, unless the values say otherwise. */
export async function aRequest(workspaceId: string, sourceId: string, values: RequestValues = {}): Promise<string> {
  const id = values.id ?? newId();
  const body = values.body === undefined ? Buffer.from('{"id":"evt_1","type":"invoice.paid"}') : values.body;
  await db()
    .insert(request)
    .values({
      method: "POST",
      path: "/in/••••",
      headers: [["content-type", "application/json"]],
      contentType: "application/json",
      bodyBytes: body?.length ?? 0,
      verdict: "accepted",
      type: "invoice.paid",
      remoteAddress: "203.0.113.7",
      answerStatus: 200,
      ...values,
      workspaceId,
      sourceId,
      id,
      body,
    });
  return id;
}

/** One that was refused because no secret of the source gives its signature. */
export function aRefusedRequest(workspaceId: string, sourceId: string, values: RequestValues = {}): Promise<string> {
  return aRequest(workspaceId, sourceId, {
    verdict: "refused",
    fault: { code: "mismatch" },
    type: "charge.refunded",
    answerStatus: 401,
    ...values,
  });
}
