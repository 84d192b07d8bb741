import { Trash2 } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { ActionForm } from "@/components/ui/form";
import { ICON_14 } from "@/components/ui/icon-size";
import { formatId } from "@/lib/ids.ts";
import type { TemplateRow } from "@/lib/playground/templates.ts";
import type { FormAction } from "@/lib/web/action.ts";

type Props = {
  slug: string;
  templates: TemplateRow[];
  /** Null for those who may not. */
  remove: FormAction | null;
};

/** Events under a name, the same for everybody in the workspace. */
export function TemplateList({ slug, templates, remove }: Props) {
  return (
    <Section title="Templates" className="mt-6">
      <ul aria-label="Templates" className="rounded-card border">
        {templates.map(({ id, name, eventType }) => (
          <li key={id} className="flex items-center gap-2 border-b py-1 pr-1 pl-3 text-sm last:border-b-0">
            <Link
              href={`/w/${slug}/playground?template=${formatId("tpl", id)}`}
              prefetch={false}
              className="link min-w-0 truncate"
            >
              {name}
            </Link>
            <span className="mono min-w-0 truncate text-fg-3">{eventType}</span>
            {remove && (
              <ActionForm action={remove} workspace={slug} feedback="toast" className="ml-auto">
                <input type="hidden" name="template" value={formatId("tpl", id)} />
                <button
                  type="submit"
                  aria-label={`Delete template ${name}`}
                  title={`Delete template ${name}`}
                  className={buttonClass({ variant: "quiet", size: "sm", icon: true })}
                >
                  <Trash2 {...ICON_14} />
                </button>
              </ActionForm>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
