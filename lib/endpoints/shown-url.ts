import { type SQL, sql } from "drizzle-orm";
import { endpoint } from "../../drizzle/schema/configuration.ts";
import { FORMATS, type Format } from "../formats/names.ts";
import { formatOf } from "../formats/registry.ts";
import { MASK } from "./reserved-headers.ts";

// Whoever knows a chat's webhook URL may post there: of those, people, logs and the API see only the host and the first
// part of the path. Sent back like this, it keeps the stored URL.

const SHOWN_PART = "^[^/?]*//[^/?]+(?:/[^/?]+)?";

/** The formats whose URLs are shown masked. */
export const FORMATS_WITH_SECRET_URL: readonly Format[] = FORMATS.filter((name) => formatOf(name).secretUrl);

export function shownUrl({ url, format }: { url: string; format: Format }): string {
  if (!FORMATS_WITH_SECRET_URL.includes(format)) return url;
  return `${new RegExp(SHOWN_PART).exec(url)?.[0] ?? ""}/${MASK}`;
}

/** The same as a column, for lists. */
export const shownUrlColumn: SQL.Aliased<string> = sql<string>`case
  when ${endpoint.format} in (${sql.join(
    FORMATS_WITH_SECRET_URL.map((name) => sql`${name}`),
    sql`, `,
  )}) then coalesce(substring(${endpoint.url} from ${SHOWN_PART}), '') || ${`/${MASK}`}
  else ${endpoint.url} end`.as("shown_url");
