import { Send } from "lucide-react";
import Link from "next/link";
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
  sentBefore: boolean;
  /** How the receiver answers now; null when it was set by hand. */
  mode: string | null;
};

/** One button: everything a first delivery needs is made behind it. */
export function SendCard({ slug, action, modes, sentBefore, mode }: SendCardProps) {
  return (
    <Card className="px-4 pt-4 pb-4">
      <h2 className="flex items-center gap-2 text-lg">
        <Send {...ICON_16} className="text-fg-2" />
        Send
      </h2>
      <p className="mt-1.5 text-fg-2">
        Post events once. Posthorn signs them, delivers them to every endpoint and retries what fails.
      </p>
      <ActionForm
        action={action}
        workspace={slug}
        feedback="toast"
        className="mt-3.5 flex flex-wrap items-center gap-2"
      >
        <SubmitButton>{sentBefore ? "Send another demo" : "Send a demo delivery"}</SubmitButton>
        <span className="w-54 max-w-full">
          <Select name="mode" aria-label="Built-in receiver" defaultValue={mode ?? modes[0]?.value}>
            {modes.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </span>
      </ActionForm>
      <p className="mt-3 text-sm">
        <Link href={`/w/${slug}/playground/receiver`} className="link">
          What the built-in receiver got
        </Link>
      </p>
    </Card>
  );
}
