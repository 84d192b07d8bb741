import { createHmac } from "node:crypto";
import type { Sql } from "../../lib/db.ts";
import { formatId, newId } from "../../lib/ids.ts";
import { encryptSecret } from "../../lib/secrets/cipher.ts";
import { parseKeys } from "../../lib/secrets/keys.ts";
import { secretPlace } from "../../lib/sources/open-source.ts";
import { INBOUND_PATH, newToken } from "../../lib/sources/token.ts";

// A source of a product that runs elsewhere, and what GitHub would post to it, thousands of times a second.

const SECRET = "a secret that only GitHub and Posthorn know";
const COMMITS = Array.from({ length: 3 }, (_, n) => ({
  id: String(n).repeat(40),
  message: "Pack the parcel before the label is printed",
  author: { name: "Mara", email: "mara@example.com" },
  modified: ["app/parcel.ts", "app/label.ts"],
}));

/** @returns its path, and its id as people see it */
export async function aGithubSource(sql: Sql, encryptionKey: string): Promise<{ path: string; id: string }> {
  const [id, secretId, token] = [newId(), newId(), newToken()];
  const sealed = encryptSecret(SECRET, secretPlace(secretId), parseKeys(encryptionKey));
  await sql.begin(async (tx) => {
    await tx`
      insert into source (id, workspace_id, name, provider, token, type_prefix)
      select ${id}, id, 'Repository', 'github', ${token}, 'github' from workspace order by id limit 1`;
    await tx`insert into source_secret (id, source_id, encrypted) values (${secretId}, ${id}, ${sealed})`;
  });
  return { path: INBOUND_PATH + token, id: formatId("src", id) };
}

/** A push as GitHub posts it, under an id of its own. */
export function signedPush(delivery: string): { headers: Record<string, string>; body: string } {
  const body = JSON.stringify({ ref: "refs/heads/main", delivery, sentAt: Date.now(), commits: COMMITS });
  return {
    headers: {
      "content-type": "application/json",
      "user-agent": "GitHub-Hookshot/044aadd",
      "x-github-delivery": delivery,
      "x-github-event": "push",
      "x-hub-signature-256": `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`,
    },
    body,
  };
}
