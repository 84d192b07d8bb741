import type { ReactNode } from "react";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";
import { formatBytes } from "./format";
import { type CodeToken, highlight, type Language } from "./highlight";

type CodeBlockProps = {
  /** What it is: `Body`, `Example`, `curl`. */
  label: string;
  code: string;
  /** Colours up to 8 KiB of it; without it the text is plain. */
  language?: Language;
  /** What else the head says, such as the content type. */
  meta?: ReactNode;
  /** Bytes of the original, when the head should say them. */
  size?: number;
  /** Buttons beside Copy. */
  actions?: ReactNode;
  /** What Copy copies, when it is not what is shown. */
  copy?: string;
  /** Line numbers; on by default for JSON. */
  gutter?: boolean;
  /** Breaks long lines instead of scrolling them. */
  wrap?: boolean;
  className?: string;
};

/** Text that a machine made or reads, rendered as text and nothing else. */
export async function CodeBlock({
  label,
  code,
  language,
  meta,
  size,
  actions,
  copy,
  gutter,
  wrap,
  className,
}: CodeBlockProps) {
  const lines = language ? await highlight(code, language) : null;
  return (
    <div className={cn("overflow-hidden rounded-card border bg-surface", className)}>
      <div className="flex h-9 items-center gap-2 border-b pr-1 pl-3 text-fg-2 text-xs touch:h-12">
        <span className="font-medium text-fg">{label}</span>
        <span className="truncate tabular-nums">
          {meta}
          {meta && size !== undefined && " · "}
          {size !== undefined && formatBytes(size)}
        </span>
        <span className="ml-auto flex shrink-0 items-center">
          {actions}
          <CopyButton text={copy ?? code} label={`Copy ${label.toLowerCase()}`}>
            Copy
          </CopyButton>
        </span>
      </div>
      <CodeText label={label} code={code} lines={lines} gutter={gutter ?? language === "json"} wrap={wrap} />
    </div>
  );
}

export type CodeTextProps = {
  label: string;
  code: string;
  lines: CodeToken[][] | null;
  gutter: boolean;
  wrap?: boolean;
};

/** On paper nothing scrolls. */
const BOX = "focus-inset max-h-[60vh] overflow-auto print:max-h-none print:overflow-visible";

/** The text alone, in a box that scrolls. */
export function CodeText({ label, code, lines, gutter, wrap }: CodeTextProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex lint/a11y/useSemanticElements: a box that scrolls must be reachable by keyboard
    <div role="group" aria-label={label} tabIndex={0} className={BOX}>
      <pre
        className={cn(
          "mono py-2 print:whitespace-pre-wrap print:[overflow-wrap:anywhere]",
          !(lines && gutter) && "px-3",
          wrap && "whitespace-pre-wrap [overflow-wrap:anywhere]",
        )}
      >
        {lines ? <CodeLines lines={lines} gutter={gutter} /> : code}
      </pre>
    </div>
  );
}

function CodeLines({ lines, gutter }: { lines: CodeToken[][]; gutter: boolean }) {
  return (
    <code className="code-lines block w-fit min-w-full" data-gutter={gutter || undefined}>
      {lines.map((line, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
        <span key={number} className="line">
          {line.map(({ text, className }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces never move
            <span key={index} className={className}>
              {text}
            </span>
          ))}
          {line.length === 0 && "\n"}
        </span>
      ))}
    </code>
  );
}
