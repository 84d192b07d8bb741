import { type Author, recordAudit } from "../audit/record.ts";
import { db } from "../db.ts";
import type { ExportFormat } from "./formats.ts";

/** Writes down who took a list out of the product, and which part of it. */
export function recordExport(
  workspaceId: string,
  author: Author,
  list: "deliveries" | "events",
  detail: { format: ExportFormat; filter: string },
): Promise<void> {
  return recordAudit(db(), workspaceId, author, { action: `${list}.exported`, target: list, targetName: list, detail });
}
