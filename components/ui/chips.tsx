import { cn } from "./cn";
import { CopyButton } from "./copy-button";
import { shortId, urlParts } from "./format";

/** On paper there is nothing to copy from: the whole id is printed. */
const WHOLE_ON_PAPER = "print:text-[0px] print:after:text-xs print:after:content-[attr(title)]";

/** An id, shortened to what tells it apart; copying gives the whole of it. */
export function IdChip({ id, noun = "ID", className }: { id: string; noun?: string; className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-0.5", className)}>
      <span className={cn("mono text-fg-2", WHOLE_ON_PAPER)} title={id}>
        {shortId(id)}
      </span>
      <CopyButton text={id} label={`Copy ${noun}`} />
    </span>
  );
}

/** An id inside a sentence or a link. */
export function ShortId({ id, className }: { id: string; className?: string }) {
  return (
    <span className={cn("mono", WHOLE_ON_PAPER, className)} title={id}>
      {shortId(id)}
    </span>
  );
}

type UrlTextProps = { url: string /** Shows `https://` as well. */; scheme?: boolean; className?: string };

/** A URL whose host stands out and whose path is dim. */
export function UrlText({ url, scheme, className }: UrlTextProps) {
  const parts = urlParts(url);
  return (
    <span className={cn("mono", className)} title={url}>
      {scheme && parts.scheme}
      <span className="font-medium text-fg">{parts.host}</span>
      <span className="text-fg-3">{parts.path}</span>
    </span>
  );
}
