"use client";

import { Eye, EyeOff } from "lucide-react";
import { useActionState, useState } from "react";
import { Button, LinkButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { ICON_14 } from "@/components/ui/icon-size";
import type { FormAction, FormState } from "@/lib/web/action.ts";

const IDLE: FormState = { status: "idle" };
const DOTS = "•".repeat(12);

export type SecretLine = {
  id: string;
  /** Its last characters; empty when it is too short to show any. */
  ending: string;
  /** Beside it, such as when it ends. */
  note: string;
  /** Where it is ended; null for those who may not, or when it ends already. */
  endHref: string | null;
};

type SourceSecretsProps = {
  reveal: FormAction | null;
  workspace: string;
  source: string;
  /** Newest first. */
  secrets: SecretLine[];
  /** What stands before the secret where it is pasted as part of the URL. */
  urlBefore: string | null;
};

/** A source's secrets in lines, masked until asked for; asking is written to the audit log. */
export function SourceSecrets({ reveal, workspace, source, secrets, urlBefore }: SourceSecretsProps) {
  const [state, submit, pending] = useActionState(reveal ?? (async () => IDLE), IDLE);
  const [hidden, setHidden] = useState<FormState | null>(null);
  const shown = state.status === "done" && state !== hidden ? (state.data ?? {}) : null;
  return (
    <div className="rounded-card border">
      <ul>
        {secrets.map((line) => (
          <Line key={line.id} line={line} secret={shown?.[line.id]} urlBefore={urlBefore} />
        ))}
      </ul>
      {reveal ? (
        <form action={submit} className="flex flex-wrap items-center gap-x-3 px-3 py-2">
          <input type="hidden" name="workspace" value={workspace} />
          <input type="hidden" name="source" value={source} />
          {shown ? (
            <Button size="sm" onClick={() => setHidden(state)} className="noscript:hidden">
              <EyeOff {...ICON_14} />
              Hide
            </Button>
          ) : (
            <Button size="sm" type="submit" aria-disabled={pending || undefined}>
              <Eye {...ICON_14} />
              Show
            </Button>
          )}
          <span className="text-fg-3 text-xs">Showing is written to the audit log.</span>
          {state.status === "invalid" && (
            <span role="alert" className="text-bad text-xs">
              {Object.values(state.errors)[0]?.[0]}
            </span>
          )}
        </form>
      ) : (
        <p className="px-3 py-2 text-fg-2 text-xs">Shown from the role developer on.</p>
      )}
    </div>
  );
}

type LineProps = { line: SecretLine; secret: string | undefined; urlBefore: string | null };

function Line({ line, secret, urlBefore }: LineProps) {
  const text = secret && (urlBefore ? urlBefore + encodeURIComponent(secret) : secret);
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-2 gap-y-1 border-b py-1 pr-1 pl-3 text-sm">
      <span
        className="mono min-w-0 flex-1 basis-48 whitespace-pre-wrap [overflow-wrap:anywhere]"
        data-secret={secret ? "shown" : "masked"}
      >
        {text ?? `${urlBefore ?? ""}${DOTS}${line.ending}`}
      </span>
      {line.note && <span className="text-fg-2 text-xs">{line.note}</span>}
      {text && <CopyButton text={text} label={urlBefore ? "Copy URL with secret" : "Copy secret"} />}
      {line.endHref && (
        <LinkButton size="sm" variant="quiet" href={line.endHref} scroll={false}>
          End…
        </LinkButton>
      )}
    </li>
  );
}
