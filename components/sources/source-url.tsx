import { CopyButton } from "@/components/ui/copy-button";

/** The address to paste, first on every page about a source. */
export function SourceUrl({ url, isWhole, note }: { url: string; isWhole: boolean; note?: string | null }) {
  return (
    <>
      <div className="flex min-h-10 min-w-0 items-center gap-2 rounded-card border bg-surface py-1 pr-1 pl-3">
        <span className="mono min-w-0 flex-1 [overflow-wrap:anywhere]" data-source-url>
          {url}
        </span>
        {isWhole ? (
          <CopyButton text={url} label="Copy URL" variant="secondary">
            Copy
          </CopyButton>
        ) : (
          <span className="pr-2 text-fg-3 text-xs">Developers see the whole URL</span>
        )}
      </div>
      {note && <p className="mt-1.5 text-fg-2 text-xs">{note}</p>}
    </>
  );
}
