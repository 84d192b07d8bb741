import { CodeText } from "@/components/ui/code-block";
import { highlight } from "@/components/ui/highlight";
import { PayloadFrame } from "./payload-frame";
import { payloadText } from "./payload-text";

/** Whether payloads are shown as they came, and the address where they are (or are not). */
export type PayloadView = { raw: boolean; hrefOf: (raw: boolean) => string };
/** The same without a link of its own to the other. */
export type PayloadForm = "pretty" | "raw" | "hex";

type PayloadBlockProps = {
  label: string;
  bytes: Buffer;
  contentType: string | null;
  /** Where the whole of it can be fetched. */
  downloadHref: string;
  view?: PayloadView;
  form?: PayloadForm;
  /** Said when the bytes themselves are only a part. */
  cut?: string | null;
};

/** A payload, its type and size, and what of it is not shown. Plain text at once; folding and search on demand. */
export async function PayloadBlock({ label, bytes, contentType, downloadHref, view, form, cut }: PayloadBlockProps) {
  if (bytes.length === 0) return <p className="text-fg-3 text-sm">{label}: empty.</p>;
  const { text, kind, notice } = payloadText(bytes, { pretty: !view?.raw && form !== "raw", hex: form === "hex" });
  const lines = kind === "json" ? await highlight(text, "json") : null;
  const notices = [cut, notice].filter(Boolean).join(" ");
  return (
    <div>
      <PayloadFrame
        label={label}
        contentType={contentType}
        bytes={bytes.length}
        kind={kind}
        downloadHref={downloadHref}
        other={kind === "json" && view ? { href: view.hrefOf(!view.raw), raw: view.raw } : null}
      >
        <CodeText label={label} code={text} lines={lines} gutter={kind === "json"} />
      </PayloadFrame>
      {notices && <p className="mt-1.5 text-fg-3 text-xs">{notices}</p>}
    </div>
  );
}
