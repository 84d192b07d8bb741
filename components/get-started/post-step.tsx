"use client";

import { useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { ActionForm, useFormState } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/web/action.ts";

export type CodePiece = { text: string; className?: string };
export type Snippet = { language: string; label: string; code: string; lines: CodePiece[][] };

type Props = {
  slug: string;
  /** Null for those who may not make keys. */
  action: FormAction | null;
  snippets: Snippet[];
  /** What stands in the snippets where the key belongs. */
  placeholder: string;
  /** The last four characters of a key that is there already. */
  lastFour: string | null;
};

/** A call that can be pasted and run: made with a key of this workspace, which is in it this once. */
export function PostCall({ slug, action, ...code }: Props) {
  if (!action) return <Code {...code} secret={null} />;
  return (
    <ActionForm action={action} workspace={slug} feedback="toast">
      <KeyedCode {...code} />
    </ActionForm>
  );
}

function KeyedCode(code: Omit<Props, "slug" | "action">) {
  const state = useFormState();
  const secret = state.status === "done" ? (state.data?.secret ?? null) : null;
  return (
    <>
      <Code {...code} secret={secret} />
      {secret ? (
        <p className="mt-2 text-fg-2 text-sm">
          The key is in the call above this once: copy it, or keep the key for your app. Later only its last four
          characters are shown.
        </p>
      ) : (
        <div className="mt-2 flex flex-wrap items-center gap-3">
          <SubmitButton variant="secondary">{code.lastFour ? "Make another key" : "Make a key"}</SubmitButton>
          <span className="text-fg-3 text-xs">
            {code.lastFour
              ? `Or put in the key that ends in ${code.lastFour}.`
              : "It is filled in here, ready to paste."}
          </span>
        </div>
      )}
    </>
  );
}

function Code({ snippets, placeholder, lastFour, secret }: Omit<Props, "slug" | "action"> & { secret: string | null }) {
  const [chosen, setChosen] = useState(snippets[0]?.language);
  const snippet = snippets.find(({ language }) => language === chosen) ?? snippets[0];
  if (!snippet) return null;
  const masked = lastFour ? `ph_${"•".repeat(20)}${lastFour}` : placeholder;
  const fill = (text: string, key: string) => text.replaceAll(placeholder, key);
  return (
    <div className="overflow-hidden rounded-card border bg-surface">
      <div className="flex h-9 items-stretch gap-1 border-b pr-1 pl-1 touch:h-12">
        {snippets.map(({ language, label }) => (
          <button
            key={language}
            type="button"
            aria-pressed={language === chosen}
            onClick={() => setChosen(language)}
            className="focus-inset px-2 font-medium text-fg-2 text-xs hover:text-fg aria-pressed:text-fg aria-pressed:shadow-[inset_0_-2px_0_var(--color-accent-fg)]"
          >
            {label}
          </button>
        ))}
        <span className="ml-auto self-center">
          <CopyButton text={fill(snippet.code, secret ?? placeholder)} label={secret ? "Copy with key" : "Copy"}>
            {secret ? "Copy with key" : "Copy"}
          </CopyButton>
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex lint/a11y/useSemanticElements: a box that scrolls must be reachable by keyboard */}
      <div role="group" aria-label={`${snippet.label} call`} tabIndex={0} className="focus-inset overflow-x-auto">
        <pre className="mono px-3 py-2" data-snippet={snippet.language}>
          {snippet.lines.map((line, number) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
            <span key={number} className="block min-h-5">
              {line.map(({ text, className }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces never move
                <span key={index} className={className}>
                  {fill(text, secret ?? masked)}
                </span>
              ))}
            </span>
          ))}
        </pre>
      </div>
    </div>
  );
}
