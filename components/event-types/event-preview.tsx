"use client";

import { Check } from "lucide-react";
import { ColouredJson } from "@/components/ui/coloured-json";
import { CopyButton } from "@/components/ui/copy-button";
import { ICON_12 } from "@/components/ui/icon-size";
import { useLiveValue } from "@/components/ui/live-form";
import type { DraftCheck } from "@/lib/event-types/draft.ts";

type EventPreviewProps = { name: string; example: string; now: string; rows: number; checked: DraftCheck | null };

/** What an endpoint would be sent for the example as it stands, or where the example is not JSON. */
export function EventPreview({ name, example, now, rows, checked }: EventPreviewProps) {
  const type = useLiveValue("name", name) || name || "order.created";
  const parsed = parse(useLiveValue("example", example));
  const body = "problem" in parsed ? "" : JSON.stringify({ type, timestamp: now, data: parsed.data }, null, 2);
  return (
    <section aria-label="Preview" className="grid gap-1.5 max-xl:col-span-2 max-md:col-span-1">
      <div className="flex items-baseline gap-2 text-sm">
        <h2 className="font-medium">Preview</h2>
        <span className="text-fg-3 text-xs">what endpoints get</span>
      </div>
      <div className="flex min-h-7 items-center gap-2 touch:min-h-11">
        <Verdict checked={checked} />
        {body && (
          <span className="ml-auto">
            <CopyButton text={body} label="Copy preview">
              Copy
            </CopyButton>
          </span>
        )}
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        className="mono focus-inset overflow-auto whitespace-pre-wrap rounded-control border bg-surface px-3 py-1.5 [overflow-wrap:anywhere]"
        style={{ height: `calc(${rows} * 1.25rem + 14px)` }}
      >
        {"problem" in parsed ? <span className="text-bad">{parsed.problem}</span> : <ColouredJson text={body} />}
      </pre>
    </section>
  );
}

function Verdict({ checked }: { checked: DraftCheck | null }) {
  if (!checked) return <span className="text-fg-3 text-xs">The example, in the envelope that is sent</span>;
  const wrong = checked.schema.length + checked.example.length;
  if (wrong > 0) return <span className="text-bad text-xs">{wrong === 1 ? "1 problem" : `${wrong} problems`}</span>;
  return (
    <span className="inline-flex items-center gap-1 text-fg-2 text-xs">
      <Check {...ICON_12} />
      Schema and example hold
    </span>
  );
}

function parse(text: string): { data: unknown } | { problem: string } {
  if (text.trim() === "") return { data: {} };
  try {
    return { data: JSON.parse(text) };
  } catch (error) {
    // The parser's message names the place; the server says the same when the form is sent.
    return { problem: `The example is not JSON yet: ${error instanceof Error ? error.message : String(error)}` };
  }
}
