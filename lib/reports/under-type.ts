import { eq, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/** Of this type; `order.*` stands for all below, at any depth. */
export function underType(column: PgColumn, type: string): SQL {
  return type.endsWith(".*") ? sql`starts_with(${column}, ${type.slice(0, -1)})` : eq(column, type);
}
