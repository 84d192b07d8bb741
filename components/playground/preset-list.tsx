import { Check } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { ActionForm } from "@/components/ui/form";
import { ICON_14 } from "@/components/ui/icon-size";
import { PRESET_NAMES, PRESETS, type Preset } from "@/lib/receiver/answer.ts";
import type { FormAction } from "@/lib/web/action.ts";

type Props = {
  slug: string;
  /** Null when it was set by hand. */
  chosen: Preset | null;
  /** Null for those who may not change it. */
  action: FormAction | null;
  /** The role that may. */
  needs: string;
};

/** Ways of answering, one press each. */
export function PresetList({ slug, chosen, action, needs }: Props) {
  if (!action) {
    return (
      <p className="text-fg-2 text-sm">
        {chosen ? `Now: ${PRESETS[chosen].label}. ` : "Now: as set by hand. "}
        To change it takes the role {needs} or a higher one.
      </p>
    );
  }
  return (
    <ActionForm action={action} workspace={slug} feedback="toast">
      <ul className="flex flex-wrap gap-2">
        {PRESET_NAMES.map((preset) => (
          <li key={preset}>
            <button
              type="submit"
              name="preset"
              value={preset}
              aria-pressed={preset === chosen}
              className={buttonClass({ variant: preset === chosen ? "accent" : "secondary", size: "sm" })}
            >
              {preset === chosen && <Check {...ICON_14} />}
              {capital(PRESETS[preset].label)}
            </button>
          </li>
        ))}
      </ul>
    </ActionForm>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
