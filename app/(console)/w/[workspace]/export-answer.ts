import { EXPORT_FORMATS, type ExportFormat } from "@/lib/exports/formats.ts";
import { isSameOrigin } from "@/lib/web/same-origin.ts";
import { askedOf } from "./list-address";

/** A list's address has room in it, and little more. */
const MOST_FORM_BYTES = 65_536;
const FORM = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/;

/** What a form asks for with its hidden fields; null when it is not one of ours. */
export async function readExport(request: Request) {
  if (!isSameOrigin(request.headers) || !isSmallForm(request.headers)) return null;
  const form = await request.formData();
  const query = new URLSearchParams(
    [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
  const format: ExportFormat = query.get("format") === "ndjson" ? "ndjson" : "csv";
  return { asked: askedOf(query), format };
}

/** Nothing bounds what a route is sent, and a form is read whole. Browsers say how long theirs is. */
function isSmallForm(headers: Headers): boolean {
  const length = headers.get("content-length");
  return FORM.test(headers.get("content-type") ?? "") && length !== null && Number(length) <= MOST_FORM_BYTES;
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
