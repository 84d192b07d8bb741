"use client";

import { TriangleAlert } from "lucide-react";
import { useFormState } from "@/components/ui/form";
import { formatCount } from "@/components/ui/format";
import { ICON_14 } from "@/components/ui/icon-size";
import { Checkbox } from "@/components/ui/input";
import type { Breaking } from "@/lib/event-types/draft.ts";

const MOST_NAMED = 5;

/** Warns of a schema that receivers may trip over, and asks whether it is meant. */
export function BreakingNote({ breaking }: { breaking: Breaking | null }) {
  const state = useFormState();
  const refused = state.status === "invalid" ? (state.errors.acceptBreaking ?? []) : [];
  const changes = breaking?.changes ?? [];
  if (changes.length === 0 && refused.length === 0) return null;
  return (
    <div className="rounded-card border border-warn-line bg-warn-tint px-3.5 py-2.5 text-sm">
      <div role="status">
        <p className="flex items-center gap-1.5 font-medium text-warn">
          <TriangleAlert {...ICON_14} />
          {changes.length > 0 && breaking ? headline(breaking) : "This change breaks receivers"}
        </p>
        <ul className="mt-1 list-disc pl-5 [overflow-wrap:anywhere]">
          {(changes.length > 0 ? changes : refused).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </div>
      <Checkbox
        name="acceptBreaking"
        label="Save it all the same"
        className="mt-1.5"
        aria-invalid={refused.length > 0}
      />
    </div>
  );
}

/** `This breaks 2 endpoints: Acme billing, Warehouse`. */
export function headline({ endpoints }: Breaking): string {
  const names = endpoints.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = endpoints.length - names.length;
  return `Receivers may break: ${formatCount(endpoints.length, "endpoint")} ${
    endpoints.length === 1 ? "gets" : "get"
  } this type (${names.join(", ")}${more > 0 ? ` and ${more} more` : ""})`;
}
