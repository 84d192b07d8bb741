import type { Sql } from "../../lib/db.ts";
import { formatId } from "../../lib/ids.ts";
import { eventually } from "../support/eventually.ts";
import type { Load } from "./load.ts";
import type { CountingReceiver } from "./receiver.ts";

/** What one scenario found. */
export type Findings = {
  events: number;
  lost: number;
  acceptedTwice: number;
  deliveredTwice: number;
  /** How many may arrive twice at most; null = no promise is made. */
  bound: number | null;
  /** How long things took to go on after a fault, by what was hit. */
  recoveries: Record<string, number>;
  /** Promises that did not hold, in words; the four figures are judged on their own. */
  broken: string[];
};

/** The events of a load with their deliveries, under the keys they were posted with. */
export type Stored = (sql: Sql, name: string) => Promise<{ id: string; status: string; key: string }[]>;

export const storedEvents: Stored = (sql, name) => sql`
  select e.id, e.idempotency_key as key, d.status from event e left join delivery d on d.event_id = e.id
  where e.idempotency_key like ${`${name}-%`}`;

type Evidence = {
  sql: Sql;
  load: Load;
  receiver: CountingReceiver;
  stored?: Stored;
  withinMs?: number;
  say?: (line: string) => void;
};
export type Counts = Pick<Findings, "events" | "lost" | "acceptedTwice" | "deliveredTwice">;

/** Waits until everything acknowledged is delivered, as long as that may take, and counts what is not as it should be. */
export async function judge({
  sql,
  load,
  receiver,
  stored: find = storedEvents,
  withinMs = 120_000,
  say,
}: Evidence): Promise<Counts> {
  const acknowledged = [...load.journal.values()];
  await eventually(() => acknowledged.every((id) => receiver.received.has(id)), { withinMs, everyMs: 250 }).catch(
    () => {},
  );
  const settled = async () => {
    const rows = await sql<{ open: number }[]>`select count(*)::int as open from delivery
      where status in ('queued', 'retrying', 'held')`;
    return rows[0]?.open === 0;
  };
  await eventually(settled, { withinMs: 60_000, everyMs: 250 }).catch(() => {});
  if (say) await sayWhatIsOpen(sql, say);
  const stored = await find(sql, load.options.name);
  const delivered = new Set(stored.flatMap(({ id, status }) => (status === "delivered" ? [formatId("evt", id)] : [])));
  const keys = new Set(stored.map(({ key }) => key));
  return {
    events: load.journal.size,
    lost: acknowledged.filter((id) => !delivered.has(id) || !receiver.received.has(id)).length,
    acceptedTwice: stored.length - keys.size + load.contradictions.length,
    deliveredTwice: receiver.duplicates(),
  };
}

/** Of what is not over by now: in which states, with which jobs. */
async function sayWhatIsOpen(sql: Sql, say: (line: string) => void): Promise<void> {
  const rows = await sql`
    select d.status, d.parked, d.released, j.state, j.retry_count as retries, count(*)::int as count,
      extract(epoch from now() - max(j.heartbeat_on))::int as "sinceHeartbeat"
    from delivery d left join pgboss.job j on j.name = 'deliver' and j.data ->> 'd' = d.id::text
    where d.status in ('queued', 'retrying', 'held') group by 1, 2, 3, 4, 5`;
  for (const row of rows) say(`still open: ${JSON.stringify(row)}`);
}

/** What a scenario promised and did not keep, in words. */
export function brokenPromises({ lost, acceptedTwice, deliveredTwice, bound, broken }: Findings): string[] {
  const words = [...broken];
  if (lost > 0) words.push(`${lost} acknowledged events were lost`);
  if (acceptedTwice > 0) words.push(`${acceptedTwice} events were accepted twice`);
  if (bound !== null && deliveredTwice > bound) words.push(`${deliveredTwice} arrived twice, at most ${bound} may`);
  return words;
}
