import { buttonClass } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { payloadText } from "./payload-text";

type PayloadBlockProps = {
  label: string;
  bytes: Buffer;
  contentType: string | null;
  /** Where the whole of it can be fetched. */
  downloadHref: string;
  /** Said when the bytes themselves are only a part. */
  cut?: string | null;
};

/** A payload, its type and size, and what of it is not shown. */
export async function PayloadBlock({ label, bytes, contentType, downloadHref, cut }: PayloadBlockProps) {
  const { text, language, copy, notice } = payloadText(bytes);
  const notices = [cut, notice].filter(Boolean).join(" ");
  if (bytes.length === 0) return <p className="text-fg-3 text-sm">{label}: empty.</p>;
  return (
    <div>
      <CodeBlock
        label={label}
        code={text}
        language={language}
        meta={contentType}
        size={bytes.length}
        copy={copy}
        wrap={language === undefined && !notice?.startsWith("Not text")}
        actions={
          <a
            href={downloadHref}
            download
            className={buttonClass({ variant: "quiet", size: "sm", class: "text-fg-2 max-md:hidden" })}
          >
            Download
          </a>
        }
      />
      {notices && <p className="mt-1.5 text-fg-3 text-xs">{notices}</p>}
    </div>
  );
}
