"use client";

import { clsx } from "clsx";
import { createContext, type ReactNode, use, useActionState, useEffect, useRef, useState } from "react";
import type { FormAction, FormState } from "@/lib/web/action.ts";
import { toast } from "./toast";

type FormContext = {
  state: FormState /** Rises with every answer, so that fields take the values sent back. */;
  version: number;
};

const IDLE: FormState = { status: "idle" };
const Context = createContext<FormContext>({ state: IDLE, version: 0 });

/** The answer of the nearest form's action. */
export function useFormState(): FormState {
  return use(Context).state;
}

export function useFormContext(): FormContext {
  return use(Context);
}

type ActionFormProps = {
  action: FormAction;
  /** The slug of the workspace it acts in. */
  workspace?: string;
  children: ReactNode;
  className?: string;
  /** Where "done" is told: under the fields, or in a toast when the form is only a button. */
  feedback?: "inline" | "toast";
  id?: string;
};

/** A form that works without JavaScript; with it, errors stand at their fields and the first one takes the focus. */
export function ActionForm({ action, workspace, children, className, feedback = "inline", id }: ActionFormProps) {
  // The action itself, not a function around it: only then can the form be sent without JavaScript.
  const [state, submit] = useActionState(action, IDLE);
  const version = useVersion(state);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (version === 0) return;
    if (state.status === "invalid") {
      const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-form-problem]');
      wrong?.focus();
      if (!wrong && feedback === "toast") toast.error(problems(state).join(" "));
    }
    if (state.status !== "done") return;
    // A dialog around the form closes on this.
    form.current?.dispatchEvent(new CustomEvent("form-done", { bubbles: true }));
    if (feedback === "toast") toast.success(state.message);
  }, [state, version, feedback]);

  return (
    <Context value={{ state, version }}>
      <form ref={form} id={id} action={submit} className={className} noValidate>
        {workspace !== undefined && <input type="hidden" name="workspace" value={workspace} />}
        {feedback === "inline" && <Problem state={state} />}
        {children}
        <Done state={state} feedback={feedback} />
      </form>
    </Context>
  );
}

function useVersion(state: FormState): number {
  const [seen, setSeen] = useState({ state, version: 0 });
  if (seen.state === state) return seen.version;
  setSeen({ state, version: seen.version + 1 });
  return seen.version + 1;
}

function problems(state: FormState): string[] {
  if (state.status !== "invalid") return [];
  return Object.values(state.errors).flatMap((messages) => messages ?? []);
}

function Problem({ state }: { state: FormState }) {
  if (state.status !== "invalid" || !state.errors._form?.length) return null;
  return (
    <div
      role="alert"
      tabIndex={-1}
      data-form-problem
      className="mb-4 rounded-card border border-bad-line bg-bad-tint px-3.5 py-2.5 text-bad text-sm"
    >
      {state.errors._form.map((message) => (
        <p key={message}>{message}</p>
      ))}
    </div>
  );
}

function Done({ state, feedback }: { state: FormState; feedback: "inline" | "toast" }) {
  const message = state.status === "done" ? state.message : "";
  if (feedback === "toast") return <noscript>{message || problems(state).join(" ")}</noscript>;
  return (
    <p role="status" className={clsx("text-fg-2 text-sm", message && "mt-3")}>
      {message}
    </p>
  );
}
