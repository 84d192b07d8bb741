import { Send } from "lucide-react";
import { Card } from "@/components/ui/card";
import { ActionForm } from "@/components/ui/form";
import { ICON_16 } from "@/components/ui/icon-size";
import { Select } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/web/action.ts";

type SendCardProps = {
  slug: string;
  action: FormAction;
  modes: { value: string; label: string }[];
  /** How the last demo's receiver answered; null before the first. */
  lastMode: string | null;
};

/** One button: everything a first delivery needs is made behind it. */
export function SendCard({ slug, action, modes, lastMode }: SendCardProps) {
  return (
    <Card className="px-4 pt-4 pb-4">
      <h2 className="flex items-center gap-2 text-lg">
        <Send {...ICON_16} className="text-fg-2" />
        Send
      </h2>
      <p className="mt-1.5 max-w-140 text-fg-2">
        Post events once. Posthorn signs them, delivers them to every endpoint and retries what fails.
      </p>
      <ActionForm
        action={action}
        workspace={slug}
        feedback="toast"
        className="mt-3.5 flex flex-wrap items-center gap-2"
      >
        <SubmitButton>{lastMode ? "Send another demo" : "Send a demo delivery"}</SubmitButton>
        <span className="w-54">
          <Select name="mode" aria-label="Built-in receiver" defaultValue={lastMode ?? modes[0]?.value}>
            {modes.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </span>
      </ActionForm>
    </Card>
  );
}
