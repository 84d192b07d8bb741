import Link from "next/link";
import { PayloadBlock, type PayloadForm } from "@/components/deliveries/payload-block";
import { SHOWN_BYTES } from "@/components/deliveries/shown-bytes";
import { CopyButton } from "@/components/ui/copy-button";
import { formatBytes } from "@/components/ui/format";

export type BodyView = "raw" | "form" | "hex";

/** Of a form so many fields are listed. */
const MOST_FIELDS = 500;

type BodyBlockProps = {
  /** Null when it is past its retention. */
  body: Buffer | null;
  contentType: string | null;
  view: BodyView | undefined;
  hrefOf: (view: BodyView | undefined) => string;
  downloadHref: string;
};

/** A request's body: as its type says, as it came, a form field by field, or as hex. */
export function BodyBlock({ body, contentType, view, hrefOf, downloadHref }: BodyBlockProps) {
  if (body === null) return <p className="text-fg-2 text-sm">The body is past its retention.</p>;
  if (body.length === 0) return <p className="text-fg-2 text-sm">It came without a body.</p>;
  const isForm = isFormType(contentType);
  const chosen = view ?? (isForm ? "form" : undefined);
  const views: [BodyView | undefined, string][] = [
    ...(isForm ? [["form", "Form"] as [BodyView, string]] : []),
    ...(isForm ? [] : [[undefined, "Text"] as [undefined, string]]),
    ["raw", "Raw"],
    ["hex", "Hex"],
  ];
  const form: PayloadForm = chosen === "hex" || chosen === "raw" ? chosen : "pretty";
  return (
    <div>
      <nav
        aria-label="Show the body as"
        className="mb-2 inline-flex h-7 overflow-clip rounded-control border border-border-strong touch:h-11"
        data-print="hide"
      >
        {views.map(([name, word]) => (
          <Link
            key={word}
            href={hrefOf(name)}
            scroll={false}
            prefetch={false}
            aria-current={name === chosen ? "true" : undefined}
            className="grid min-w-9 place-items-center border-r px-2.5 font-medium text-fg-2 text-xs last:border-r-0 hover:bg-hover focus-inset current:bg-muted current:text-fg current:shadow-[inset_0_-2px_0_var(--color-accent-fg)] touch:min-w-11"
          >
            {word}
          </Link>
        ))}
      </nav>
      {chosen === "form" ? (
        <FormFields body={body} contentType={contentType} />
      ) : (
        <PayloadBlock label="Body" bytes={body} contentType={contentType} downloadHref={downloadHref} form={form} />
      )}
    </div>
  );
}

export function isFormType(contentType: string | null): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(contentType?.trim() ?? "");
}

/** Names and values as they were meant, in their order. */
function FormFields({ body, contentType }: { body: Buffer; contentType: string | null }) {
  const parts = body
    .subarray(0, SHOWN_BYTES)
    .toString()
    .split("&", MOST_FIELDS + 1);
  const isCut = parts.length > MOST_FIELDS || body.length > SHOWN_BYTES;
  const fields = [...new URLSearchParams(parts.slice(0, MOST_FIELDS).join("&"))];
  return (
    <div className="overflow-hidden rounded-card border bg-surface">
      <div className="flex h-9 items-center gap-2 border-b pr-1 pl-3 text-fg-2 text-xs touch:h-12">
        <span className="font-medium text-fg">Body</span>
        <span className="truncate tabular-nums">
          {contentType} · {formatBytes(body.length)}
        </span>
        <span className="ml-auto">
          <CopyButton text={fields.map(([name, value]) => `${name}=${value}`).join("\n")} label="Copy fields">
            Copy
          </CopyButton>
        </span>
      </div>
      <table aria-label="Fields of the body" className="w-full table-fixed [&_tr:last-child>*]:border-b-0">
        <tbody>
          {fields.map(([name, value], at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a field may come twice, and the list never changes
            <tr key={at}>
              <th
                scope="row"
                className="mono w-55 border-b px-3 py-1 text-left align-top font-normal text-fg-2 [overflow-wrap:anywhere] max-md:w-32 max-md:px-2"
              >
                {name}
              </th>
              <td className="mono border-b px-3 py-1 align-top [overflow-wrap:anywhere] max-md:px-2">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {isCut && (
        <p className="border-t px-3 py-2 text-fg-3 text-xs">
          The first {MOST_FIELDS} fields of the first 64 KiB are shown; Download body has all of it.
        </p>
      )}
    </div>
  );
}
