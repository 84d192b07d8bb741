"use client";

import { Eye, EyeOff } from "lucide-react";
import { createContext, type ReactNode, use, useActionState, useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { ICON_14 } from "@/components/ui/icon-size";
import type { FormAction, FormState } from "@/lib/web/action.ts";

type Reveal = {
  /** By secret: `current`, or an old one's id. Empty until asked for, and again when hidden. */
  secrets: Record<string, string>;
  problem: string | null;
  submit: (form: FormData) => void;
  pending: boolean;
  hide: () => void;
  fields: { workspace: string; endpoint: string };
};

const Context = createContext<Reveal | null>(null);
const IDLE: FormState = { status: "idle" };

type RevealProviderProps = { action: FormAction; workspace: string; endpoint: string; children: ReactNode };

/** Holds what one audited request for the secrets has brought, for everything inside that shows them. */
export function RevealProvider({ action, workspace, endpoint, children }: RevealProviderProps) {
  const [state, submit, pending] = useActionState(action, IDLE);
  const [hidden, setHidden] = useState<FormState | null>(null);
  const secrets = state.status === "done" && state !== hidden ? (state.data ?? {}) : {};
  const problem = state.status === "invalid" ? (Object.values(state.errors)[0]?.[0] ?? null) : null;
  const hide = () => setHidden(state);
  return (
    <Context value={{ secrets, problem, submit, pending, hide, fields: { workspace, endpoint } }}>{children}</Context>
  );
}

function useReveal(): Reveal {
  const reveal = use(Context);
  if (!reveal) throw new Error("There is no RevealProvider around this");
  return reveal;
}

/** The button that asks for the secrets. */
function RevealForm({ children }: { children: ReactNode }) {
  const { submit, fields } = useReveal();
  return (
    <form action={submit} className="contents">
      <input type="hidden" name="workspace" value={fields.workspace} />
      <input type="hidden" name="endpoint" value={fields.endpoint} />
      {children}
    </form>
  );
}

const DOTS = "•".repeat(12);

/** One secret in a line: masked, until the eye is pressed. */
export function SecretValue({ name, noun, prefix = "whsec_" }: { name: string; noun: string; prefix?: string }) {
  const { secrets, pending, hide } = useReveal();
  const secret = secrets[name];
  return (
    <>
      <span className="mono min-w-0 flex-1 [overflow-wrap:anywhere]" data-secret={secret ? "shown" : "masked"}>
        {secret ?? prefix + DOTS}
      </span>
      {secret ? (
        <>
          <IconButton label={`Hide ${noun}`} onClick={hide} className="noscript:hidden">
            <EyeOff {...ICON_14} />
          </IconButton>
          <CopyButton text={secret} label={`Copy ${noun}`} />
        </>
      ) : (
        <RevealForm>
          <IconButton
            type="submit"
            label={`Reveal ${noun}, written to the audit log`}
            aria-disabled={pending || undefined}
          >
            <Eye {...ICON_14} />
          </IconButton>
        </RevealForm>
      )}
    </>
  );
}

/** Fills the snippets in, or takes the secret out of them again. */
export function FillInButton({ noun }: { noun: string }) {
  const { secrets, problem, pending, hide } = useReveal();
  if (secrets.current) return <Button onClick={hide}>Take the {noun} out</Button>;
  return (
    <RevealForm>
      <Button type="submit" aria-disabled={pending || undefined}>
        Fill in the {noun}
      </Button>
      {problem && <span className="text-bad text-sm">{problem}</span>}
    </RevealForm>
  );
}

/** The secret where a snippet has its placeholder. */
export function SecretInCode({ placeholder }: { placeholder: string }) {
  const { secrets } = useReveal();
  return <>{secrets.current ?? placeholder}</>;
}

/** Copies a snippet as it is shown. */
export function CopySnippet({ code, placeholder }: { code: string; placeholder: string }) {
  const { secrets } = useReveal();
  return (
    <CopyButton text={code.replaceAll(placeholder, () => secrets.current ?? placeholder)} label="Copy snippet">
      Copy
    </CopyButton>
  );
}
