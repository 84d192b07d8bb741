"use client";

import { ChevronRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { useFormState } from "@/components/ui/form";
import { ICON_16 } from "@/components/ui/icon-size";
import { Input } from "@/components/ui/input";

/** Type and payload under a name, for the whole team. */
export function KeepTemplate() {
  const state = useFormState();
  const kept = state.status === "tried" ? state.data.kept : undefined;
  const isWrong = state.status === "invalid" && state.errors.templateName !== undefined;
  return (
    <details className="group/fold rounded-card border" open={isWrong || undefined}>
      <summary className="focus-inset flex cursor-pointer list-none items-center gap-2.5 px-3 py-2 text-sm hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight {...ICON_16} className="text-fg-3 group-open/fold:rotate-90" />
        Keep as a template
        <span role="status" className="ml-auto text-fg-2 text-xs">
          {kept && `Kept as ${kept}`}
        </span>
      </summary>
      <div className="flex flex-wrap items-end gap-2 border-t px-3 py-3">
        <Field name="templateName" label="Name" className="min-w-50 flex-1">
          <Input maxLength={80} autoComplete="off" />
        </Field>
        <Button type="submit" name="intent" value="keep">
          Keep
        </Button>
      </div>
    </details>
  );
}
