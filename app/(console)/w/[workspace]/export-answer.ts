import { EXPORT_FORMATS, type ExportFormat } from "@/lib/exports/formats.ts";
import { isSameOrigin } from "@/lib/web/same-origin.ts";
import { askedOf } from "./list-address";

/** What a form asks for with its hidden fields; null when it is not one of ours. */
export async function readExport(request: Request) {
  if (!isSameOrigin(request.headers)) return null;
  const form = await request.formData();
  const query = new URLSearchParams(
    [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
  const format: ExportFormat = query.get("format") === "ndjson" ? "ndjson" : "csv";
  return { asked: askedOf(query), format };
}

export const REFUSED = new Response("This form does not come from this site.", { status: 403 });

/** Always a file, never a page. */
export function exportAnswer(
  list: string,
  slug: string,
  format: ExportFormat,
  body: ReadableStream<Uint8Array>,
): Response {
  const time = new Date().toISOString().slice(0, 16).replaceAll(/[-:]/g, "");
  return new Response(body, {
    headers: {
      "content-type": EXPORT_FORMATS[format].contentType,
      "content-disposition": `attachment; filename="${list}-${slug}-${time}.${format}"`,
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
}
