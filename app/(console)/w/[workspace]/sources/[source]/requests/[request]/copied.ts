import { type CopyForm, codeWithNotes } from "@/components/deliveries/copy-forms";
import type { RequestDetail } from "@/lib/reports/requests.ts";
import { MASK } from "@/lib/sources/sealed.ts";
import type { VerifiedBy } from "@/lib/sources/verified-by.ts";

/** What stands in code where a credential was masked. */
export const PLACEHOLDER = "PUT-THE-SECRET-HERE";

type Copied = Pick<RequestDetail, "method" | "path" | "headers"> & {
  body: Buffer;
  /** The source's own address, whole or masked as whoever copies may see it. */
  url: string;
  by: VerifiedBy;
};

/** A request as code that posts it again, under what somebody who runs it has to know. */
export function copiedRequest(form: CopyForm, { method, path, headers, body, url, by }: Copied): string {
  const query = path.includes("?") ? path.slice(path.indexOf("?")) : "";
  const address = withPlaceholders(url + query);
  const shown = headers.map(([name, value]) => [name, withPlaceholders(value)] as const);
  const isMasked = address.includes(PLACEHOLDER) || shown.some(([, value]) => value.includes(PLACEHOLDER));
  const notes = [
    ...(isMasked ? [`Credentials are masked: put them in where ${PLACEHOLDER} stands.`] : []),
    ...(by.header && by.timed ? [`Its ${by.header} is good for five minutes after it was made.`] : []),
    ...(!isMasked && by.header
      ? ["Sent again as it is, it is the same delivery: the source answers, and keeps it as a duplicate."]
      : []),
  ];
  return codeWithNotes(form, notes, { method, url: address, headers: shown, body });
}

function withPlaceholders(text: string): string {
  return text.replaceAll(MASK, PLACEHOLDER).replaceAll(encodeURIComponent(MASK), PLACEHOLDER);
}
