"use client";

import { clsx } from "clsx";
import { createContext, type ReactNode, use, useId } from "react";
import { useFormContext } from "./form";

type FieldContext = { name: string; id: string; describedBy: string | undefined; invalid: boolean };
const Context = createContext<FieldContext | null>(null);

type FieldProps = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  /** Says "optional" beside the label. */
  optional?: boolean;
  children: ReactNode;
  className?: string;
};

/** Label, control, hint and errors of one input. The control inside takes its name, id and state from here. */
export function Field({ name, label, hint: given, optional, children, className }: FieldProps) {
  const id = useId();
  const errors = useErrors(name);
  // An error that repeats the hint takes its place.
  const hint = errors.some((message) => message === given) ? undefined : given;
  const describedBy = [hint && `${id}-hint`, errors.length > 0 && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return (
    <div className={clsx("grid gap-1.5", className)}>
      <label htmlFor={id} className="flex items-baseline gap-1.5 font-medium text-sm">
        {label}
        {optional && <span className="font-normal text-fg-3 text-xs">optional</span>}
      </label>
      <Context value={{ name, id, describedBy, invalid: errors.length > 0 }}>{children}</Context>
      <FieldNotes id={id} hint={hint} errors={errors} />
    </div>
  );
}

type FieldsetProps = Omit<FieldProps, "name"> & { name: string };

/** The same for a group of checkboxes or radio buttons. */
export function Fieldset({ name, label, hint, optional, children, className }: FieldsetProps) {
  const id = useId();
  const errors = useErrors(name);
  return (
    <fieldset className={clsx("grid min-w-0 gap-1.5", className)} aria-describedby={hint ? `${id}-hint` : undefined}>
      <legend className="mb-1.5 flex w-full items-baseline gap-1.5 font-medium text-sm">
        {label}
        {optional && <span className="font-normal text-fg-3 text-xs">optional</span>}
      </legend>
      {children}
      <FieldNotes id={id} hint={hint} errors={errors} />
    </fieldset>
  );
}

function FieldNotes({ id, hint, errors }: { id: string; hint: ReactNode; errors: string[] }) {
  return (
    <>
      {hint && (
        <div id={`${id}-hint`} className="text-fg-3 text-xs">
          {hint}
        </div>
      )}
      {errors.length > 0 && (
        <div id={`${id}-error`} className="text-bad text-xs">
          {errors.map((message) => (
            <p key={message}>{message}</p>
          ))}
        </div>
      )}
    </>
  );
}

function useErrors(name: string): string[] {
  const { state } = useFormContext();
  return state.status === "invalid" ? (state.errors[name] ?? []) : [];
}

/** What a control takes from its field and from the values its form sent back. */
export function useControl(given: { name?: string; id?: string; "aria-describedby"?: string }) {
  const field = use(Context);
  const { state, version } = useFormContext();
  const name = given.name ?? field?.name;
  const sentBack = "values" in state && name !== undefined ? state.values[name] : undefined;
  return {
    sentBack,
    version,
    props: {
      name,
      id: given.id ?? field?.id,
      "aria-describedby": given["aria-describedby"] ?? field?.describedBy,
      "aria-invalid": field?.invalid || undefined,
    },
  };
}
