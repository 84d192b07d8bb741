import { ingestSql } from "../db.ts";
import { idTime } from "../ids.ts";
import { decryptSecret } from "../secrets/cipher.ts";
import { diagnosisOf, diagnosisOfOther } from "./diagnosis.ts";
import type { Alike, Diagnosis } from "./diagnosis-words.ts";
import { judge } from "./judge.ts";
import { type OpenSource, openSource, openSourcesOf, secretPlace } from "./open-source.ts";
import { readStoredCalls, type StoredCall } from "./quarantined.ts";
import { type ReceivedProof, receivedProof } from "./received-proof.ts";
import { openSealed } from "./sealed.ts";
import { type Look, type OtherSource, secondLook } from "./second-look.ts";
import { QUARANTINED, type RequestFault } from "./states.ts";

/** How many of a source's last requests are read for what they have in common. */
const MOST_LOOKED_AT = 1_000;
const MOST_TYPES = 3;

export type LookedAt = { diagnosis: Diagnosis; proof: ReceivedProof | null };

/** Why a request waits in quarantine, with everything that is known by now. Null: it does not, or is a stranger's. */
export async function lookAgainAt(workspaceId: string, requestId: string): Promise<LookedAt | null> {
  const [row] = await readStoredCalls(workspaceId, [requestId], QUARANTINED);
  const source = row && (await openSource(row.sourceId));
  if (!source) return null;
  const { provider, settings } = source;
  const call = openSealed(row);
  const [alike, judgement] = await Promise.all([alikeOf(row), judge(source, call, row.remoteAddress)]);
  const proof = receivedProof(provider, settings, call);
  const isProvenNow = judgement.verdict === "accepted" || judgement.verdict === "handshake";
  const fault: RequestFault = judgement.fault ?? row.fault ?? { code: "mismatch" };
  const refused = { provider, call, fault, alike };
  if (isProvenNow) return { diagnosis: diagnosisOf(refused, { name: "verifies_now" }), proof };
  if (fault.code === "address" || fault.code === "unparsable") {
    return { diagnosis: diagnosisOfOther({ ...refused, fault }), proof };
  }
  const look: Look = { ...(await heldAgainst(source)), provider, settings, secrets: source.secrets, call };
  return { diagnosis: diagnosisOf(refused, await secondLook(look)), proof };
}

/** What else may have signed it. */
async function heldAgainst({ id, workspaceId, provider }: OpenSource): Promise<Pick<Look, "ended" | "others">> {
  const [ended, all] = await Promise.all([endedSecrets(id), openSourcesOf(workspaceId, provider)]);
  const others = all.filter((source) => source.id !== id).map(asOther);
  return { ended, others };
}

function asOther({ id, name, provider, settings, secrets }: OpenSource): OtherSource {
  return { id, name, provider, settings, secrets };
}

async function endedSecrets(sourceId: string): Promise<Look["ended"]> {
  const rows = await ingestSql()<{ id: string; encrypted: Buffer; endedAt: Date }[]>`
    select id, encrypted, expires_at as "endedAt" from source_secret
    where source_id = ${sourceId} and expires_at <= now() order by expires_at desc`;
  return rows.map(({ id, encrypted, endedAt }) => ({ secret: decryptSecret(encrypted, secretPlace(id)), endedAt }));
}

/** What the others that wait for the same reason have in common. */
async function alikeOf({ sourceId, fault }: StoredCall): Promise<Alike> {
  const sql = ingestSql();
  const rows = await sql<{ id: string; type: string | null }[]>`
    select id, type from (
      select id, type, fault from request
      where source_id = ${sourceId} and verdict in ('refused', 'unparsable') order by id desc limit ${MOST_LOOKED_AT}
    ) as q where fault ->> 'code' = ${fault?.code ?? null} order by id`;
  const first = rows[0]?.id;
  const since = first ? idTime(first) : new Date();
  const types = [...new Set(rows.map(({ type }) => type))];
  const few = types.filter((type) => type !== null);
  const told = few.length === types.length && few.length <= MOST_TYPES ? few : null;
  const alike = { count: rows.length, atLeast: rows.length === MOST_LOOKED_AT, since, types: told };
  return {
    ...alike,
    othersVerify: told !== null && first !== undefined && (await othersVerify(sourceId, first, told)),
  };
}

async function othersVerify(sourceId: string, since: string, types: string[]): Promise<boolean> {
  const [found] = await ingestSql()`
    select from (
      select verdict, type from request where source_id = ${sourceId} and id >= ${since}
      order by id desc limit ${MOST_LOOKED_AT}
    ) as q where verdict = 'accepted' and type is not null and type <> all(${types}::text[]) limit 1`;
  return found !== undefined;
}
