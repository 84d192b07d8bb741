"use client";

import { ColouredJson } from "@/components/ui/coloured-json";
import { useLiveValue } from "@/components/ui/live-form";

type EventPreviewProps = { name: string; example: string; now: string };

/** What an endpoint would be sent for the example as it stands, or where the example is not JSON. */
export function EventPreview({ name, example, now }: EventPreviewProps) {
  const type = useLiveValue("name", name) || name || "order.created";
  const parsed = parse(useLiveValue("example", example));
  return (
    <div className="overflow-hidden rounded-card border bg-surface">
      <p className="flex h-9 items-center border-b px-3 font-medium text-xs">Endpoints get this</p>
      <pre className="mono max-h-[70vh] overflow-auto px-3 py-2 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {"problem" in parsed ? (
          <span className="text-bad">{parsed.problem}</span>
        ) : (
          <ColouredJson text={JSON.stringify({ type, timestamp: now, data: parsed.data }, null, 2)} />
        )}
      </pre>
    </div>
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
