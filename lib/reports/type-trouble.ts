import { and, desc, eq, gte, inArray, sql } from "drizzle-orm";
import { delivery, deliveryStat } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import type { Outcome } from "../delivery/outcomes.ts";
import { firstIdAt } from "../ids.ts";
import { causeSentence } from "./causes.ts";

/** However much failed, the answers are read from this many of the newest. */
const SAMPLE = 5_000;
/** Event types that one sentence names. */
const NAMED = 2;

/** What of an endpoint fails by event type: each type nothing of which arrived, with what it ends with. */
export type TypeTrouble = { failing: { type: string; cause: string }[]; fine: number };

/** One or two types that fail, what they end with, and how many others are fine. */
export type TypeSentence = { cause: string; types: string[]; fine: number };

type TypeCounts = { endpointId: string; type: string; delivered: number; bad: number };
type TypeAnswer = { endpointId: string; type: string; outcome: Outcome | null; statusCode: number | null };

/** For endpoints that are not well: which of their event types fail altogether, by the attempts since then. */
export async function typeTrouble(
  workspaceId: string,
  endpointIds: string[],
  since: Date,
): Promise<Map<string, TypeTrouble>> {
  if (endpointIds.length === 0) return new Map();
  const [counts, answers] = await Promise.all([
    countTypes(workspaceId, endpointIds, since),
    latestAnswers(workspaceId, endpointIds, since),
  ]);
  return new Map(
    endpointIds.map((id) => {
      const mine = (rows: { endpointId: string }[]) => rows.filter(({ endpointId }) => endpointId === id);
      return [id, troubleOf(mine(counts) as TypeCounts[], mine(answers) as TypeAnswer[])];
    }),
  );
}

export function troubleOf(
  counts: Omit<TypeCounts, "endpointId">[],
  answers: Omit<TypeAnswer, "endpointId">[],
): TypeTrouble {
  const failing = counts
    .filter(({ delivered, bad }) => delivered === 0 && bad > 0)
    .sort((a, b) => b.bad - a.bad)
    .map(({ type }) => {
      const answer = answers.find((each) => each.type === type);
      return { type, cause: causeSentence(answer?.outcome ?? null, answer?.statusCode ?? null) };
    });
  return { failing, fine: counts.filter(({ delivered, bad }) => delivered > 0 && bad === 0).length };
}

/**
 * `answers 500 on every invoice.payment_failed`, after the endpoint's name. Null where it says nothing that the
 * endpoint's health does not: when everything fails, or only some of every type.
 */
export function typeSentence({ failing, fine }: TypeTrouble): TypeSentence | null {
  const [first] = failing;
  if (!first || fine === 0 || failing.length > NAMED) return null;
  const alike = failing.every(({ cause }) => cause === first.cause);
  return { cause: alike ? first.cause : "fails", types: failing.map(({ type }) => type), fine };
}

function countTypes(workspaceId: string, endpointIds: string[], since: Date): Promise<TypeCounts[]> {
  return db()
    .select({
      endpointId: deliveryStat.endpointId,
      type: deliveryStat.eventType,
      delivered: sql<number>`sum(${deliveryStat.delivered})::float8`,
      bad: sql<number>`sum(${deliveryStat.failed} + ${deliveryStat.retried})::float8`,
    })
    .from(deliveryStat)
    .where(
      and(
        eq(deliveryStat.workspaceId, workspaceId),
        gte(deliveryStat.bucket, since),
        inArray(deliveryStat.endpointId, endpointIds),
      ),
    )
    .groupBy(deliveryStat.endpointId, deliveryStat.eventType);
}

function latestAnswers(workspaceId: string, endpointIds: string[], since: Date): Promise<TypeAnswer[]> {
  const sample = db()
    .select({
      id: delivery.id,
      endpointId: delivery.endpointId,
      type: sql<string>`${delivery.eventType}`.as("type"),
      outcome: sql<Outcome | null>`${delivery.lastOutcome}`.as("outcome"),
      statusCode: sql<number | null>`${delivery.lastStatusCode}`.as("status_code"),
    })
    .from(delivery)
    .where(
      and(
        eq(delivery.workspaceId, workspaceId),
        eq(delivery.trouble, true),
        eq(delivery.test, false),
        gte(delivery.id, firstIdAt(since)),
      ),
    )
    .orderBy(desc(delivery.id))
    .limit(SAMPLE)
    .as("sample");
  return db()
    .selectDistinctOn([sample.endpointId, sample.type], {
      endpointId: sample.endpointId,
      type: sample.type,
      outcome: sample.outcome,
      statusCode: sample.statusCode,
    })
    .from(sample)
    .where(and(inArray(sample.endpointId, endpointIds), sql`${sample.outcome} is not null`))
    .orderBy(sample.endpointId, sample.type, desc(sample.id));
}
