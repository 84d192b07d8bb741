import { CodeBlock } from "@/components/ui/code-block";
import { LinkTabs } from "@/components/ui/link-tabs";
import { CODE_LANGUAGES, type CodeLanguage } from "@/lib/schemas/code-languages.ts";

const LANGUAGES = {
  typescript: { label: "TypeScript", colours: "typescript" },
  zod: { label: "Zod", colours: "typescript" },
  go: { label: "Go", colours: "go" },
} as const;

type TypeCodeProps = {
  href: string;
  language: CodeLanguage;
  made: { ok: true; text: string } | { ok: false; problem: string };
  /** There is no schema: the example had to do. */
  fromExample: boolean;
};

/** The type of the event's data, to copy into a receiver. */
export function TypeCode({ href, language, made, fromExample }: TypeCodeProps) {
  const tabs = CODE_LANGUAGES.map((each) => ({
    href: `${href}?types=${each}#section-types`,
    label: LANGUAGES[each].label,
    current: each === language,
  }));
  const { label, colours } = LANGUAGES[language];
  return (
    <div className="grid gap-3">
      <LinkTabs tabs={tabs} label="Language" />
      {made.ok ? (
        <CodeBlock
          label={`${label} type`}
          language={colours}
          code={made.text.trimEnd()}
          meta={fromExample ? "from the example, for lack of a schema" : undefined}
        />
      ) : (
        <p className="text-fg-2 text-sm">There is no type to show: {made.problem}</p>
      )}
    </div>
  );
}
