import { and, desc, eq, getTableColumns, isNull, like, sql } from "drizzle-orm";
import { endpoint, endpointSecret } from "../../drizzle/schema/configuration.ts";
import { receivedCall, receiverAnswer } from "../../drizzle/schema/console.ts";
import { db } from "../db.ts";
import { alive, stillSigns } from "../endpoints/queries.ts";
import { idTime } from "../ids.ts";
import { decryptSecret } from "../secrets/cipher.ts";
import { RECEIVER_HOST } from "./address.ts";
import { ALWAYS_OK, type ReceiverAnswer } from "./answer.ts";

/** On the receiver's page. */
const LISTED_CALLS = 30;
/** Of each call's body: the page is asked for again every two seconds. */
const LISTED_BODY_BYTES = 4_096;

const answerColumn = receiverAnswer.answer;

/** The workspace's endpoint of the built-in receiver and how it answers; null before the first. */
export async function findReceiver(workspaceId: string) {
  const [found] = await db()
    .select({
      id: endpoint.id,
      url: endpoint.url,
      status: endpoint.status,
      statusReason: endpoint.statusReason,
      subscriptions: endpoint.subscriptions,
      answer: answerColumn,
    })
    .from(endpoint)
    .leftJoin(receiverAnswer, eq(receiverAnswer.endpointId, endpoint.id))
    .where(and(alive(workspaceId), eq(endpoint.builtIn, true), like(endpoint.url, `http://${RECEIVER_HOST}/ep\\_%`)))
    .orderBy(desc(endpoint.id))
    .limit(1);
  return found ? { ...found, answer: whole(found.answer) } : null;
}
export type Receiver = NonNullable<Awaited<ReturnType<typeof findReceiver>>>;

export type Called = { workspaceId: string; secrets: string[]; answer: ReceiverAnswer };

/** What the receiver has to know of an endpoint that is called; null for one that is not the product's own. */
export async function findCalled(endpointId: string): Promise<Called | null> {
  const [[found], secrets] = await Promise.all([
    db()
      .select({ workspaceId: endpoint.workspaceId, answer: answerColumn })
      .from(endpoint)
      .leftJoin(receiverAnswer, eq(receiverAnswer.endpointId, endpoint.id))
      .where(and(eq(endpoint.id, endpointId), eq(endpoint.builtIn, true), isNull(endpoint.deletedAt))),
    listSecrets(endpointId),
  ]);
  return found ? { ...found, secrets, answer: whole(found.answer) } : null;
}

/** The secrets that sign for an endpoint now, in clear. Of the product's own alone: others' are shown to nobody like this. */
export async function listSecrets(endpointId: string): Promise<string[]> {
  const rows = await db()
    .select({ id: endpointSecret.id, encrypted: endpointSecret.encrypted })
    .from(endpointSecret)
    .innerJoin(endpoint, and(eq(endpoint.id, endpointSecret.endpointId), eq(endpoint.builtIn, true)))
    .where(and(eq(endpointSecret.endpointId, endpointId), stillSigns()));
  return rows.map(({ id, encrypted }) =>
    decryptSecret(encrypted, { table: "endpoint_secret", column: "encrypted", id }),
  );
}

const { workspaceId: _, endpointId: __, body: ___, ...CALL } = getTableColumns(receivedCall);

/** What it got last, newest first, with the beginnings of the bodies. */
export async function listReceivedCalls(workspaceId: string, endpointId: string) {
  const rows = await db()
    .select({ ...CALL, body: sql<Buffer>`substring(${receivedCall.body} from 1 for ${LISTED_BODY_BYTES})` })
    .from(receivedCall)
    .where(and(eq(receivedCall.workspaceId, workspaceId), eq(receivedCall.endpointId, endpointId)))
    .orderBy(desc(receivedCall.id))
    .limit(LISTED_CALLS);
  return rows.map((row) => ({ ...row, receivedAt: idTime(row.id) }));
}
export type ReceivedCall = Awaited<ReturnType<typeof listReceivedCalls>>[number];

/** What was stored before a setting was thought of lacks it. */
function whole(stored: unknown): ReceiverAnswer {
  return typeof stored === "object" && stored !== null ? { ...ALWAYS_OK, ...stored } : ALWAYS_OK;
}
