import fs from "node:fs";
import path from "node:path";
import type { Sql } from "../../lib/db.ts";
import { formatId } from "../../lib/ids.ts";
import { aGithubSource, signedPush } from "../support/github-source.ts";
import type { Posthorn } from "../support/posthorn.ts";
import type { Gate } from "./kill-run.ts";

/** A provider posts to a source: whatever was answered 200 must be one event, although the answer names none. */
export const inboundGate: Gate = {
  async open({ dataDir }: Posthorn, sql: Sql) {
    const encryptionKey = fs.readFileSync(path.join(dataDir, "encryption-key"), "utf8").trim();
    const source = await aGithubSource(sql, encryptionKey);
    return {
      callOf: (key) => ({ path: source.path, ...signedPush(key) }),
      acknowledged: (status, _, key) => (status === 200 ? key : null),
    };
  },
  /** Each acknowledged call under the event it became, which the receivers know it by. */
  async name(sql, load) {
    const events = new Map((await storedOf(sql, load.options.name)).map(({ key, id }) => [key, formatId("evt", id)]));
    for (const key of load.journal.keys()) load.journal.set(key, events.get(key) ?? `none for ${key}`);
  },
  stored: storedOf,
};

function storedOf(sql: Sql, name: string) {
  return sql<{ id: string; status: string; key: string }[]>`
    select e.id, d.status, r.external_id as key
    from request r join event e on e.request_id = r.id left join delivery d on d.event_id = e.id
    where r.external_id like ${`${name}-%`}`;
}
