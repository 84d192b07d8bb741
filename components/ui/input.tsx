"use client";

import { clsx } from "clsx";
import { Check, ChevronDown } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { useControl } from "./field";
import { ICON_14 } from "./icon-size";

const CONTROL =
  "w-full rounded-control border border-control bg-bg px-2.5 text-sm text-fg placeholder:text-fg-3 placeholder:opacity-100 focus-visible:rounded-control focus-visible:outline-offset-1 disabled:bg-muted disabled:text-fg-2 aria-invalid:border-bad touch:text-[16px]";

const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/** A file of text in one line. `mono` for what a machine reads: URLs, keys, patterns. */
export function Input({ mono, className, defaultValue, ...props }: ComponentProps<"input"> & { mono?: boolean }) {
  const control = useControl(props);
  return (
    <input
      type="text"
      {...props}
      {...control.props}
      defaultValue={props.value === undefined ? (single(control.sentBack) ?? defaultValue) : undefined}
      className={clsx(CONTROL, "h-8 touch:h-11", mono && "mono touch:text-[16px]", className)}
    />
  );
}

export function Textarea({ mono, className, defaultValue, ...props }: ComponentProps<"textarea"> & { mono?: boolean }) {
  const control = useControl(props);
  return (
    <textarea
      rows={4}
      spellCheck={!mono}
      {...props}
      {...control.props}
      defaultValue={props.value === undefined ? (single(control.sentBack) ?? defaultValue) : undefined}
      className={clsx(CONTROL, "min-h-16 py-1.5", mono && "mono", className)}
    />
  );
}

export function Select({ className, defaultValue, children, ...props }: ComponentProps<"select">) {
  const control = useControl(props);
  return (
    <span className="relative block">
      <select
        // React resets a select to the options of its first render; a new key takes the value sent back.
        key={control.version}
        {...props}
        {...control.props}
        defaultValue={props.value === undefined ? (single(control.sentBack) ?? defaultValue) : undefined}
        className={clsx(CONTROL, "h-8 appearance-none pr-7 touch:h-11", className)}
      >
        {children}
      </select>
      <ChevronDown {...ICON_14} className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-fg-3" />
    </span>
  );
}

type ChoiceProps = Omit<ComponentProps<"input">, "type"> & { label: ReactNode; hint?: ReactNode };

/** A box with its label. Ticked again after an error when its value was sent. */
export function Checkbox({ label, hint, className, defaultChecked, value = "on", ...props }: ChoiceProps) {
  const { sentBack, version, props: wired } = useControl(props);
  const ticked = sentBack !== undefined ? [sentBack].flat().includes(String(value)) : defaultChecked;
  return (
    <Choice label={label} hint={hint} className={className}>
      <span className="relative grid size-4 shrink-0 place-items-center">
        <input
          key={version}
          type="checkbox"
          {...props}
          name={wired.name}
          value={value}
          defaultChecked={props.checked === undefined ? ticked : undefined}
          className="peer size-4 appearance-none rounded-badge border border-control bg-bg checked:border-accent checked:bg-accent disabled:bg-muted disabled:checked:border-control disabled:checked:bg-muted"
        />
        <Check
          size={12}
          strokeWidth={3}
          aria-hidden
          className="pointer-events-none absolute hidden text-white peer-checked:block peer-disabled:text-fg-2"
        />
      </span>
    </Choice>
  );
}

export function Radio({ label, hint, className, defaultChecked, value, ...props }: ChoiceProps) {
  const { sentBack, version, props: wired } = useControl(props);
  const chosen = sentBack !== undefined ? single(sentBack) === value : defaultChecked;
  return (
    <Choice label={label} hint={hint} className={className}>
      <input
        key={version}
        type="radio"
        {...props}
        name={wired.name}
        value={value}
        defaultChecked={props.checked === undefined ? chosen : undefined}
        className="size-4 shrink-0 appearance-none rounded-full border border-control bg-bg checked:border-[5px] checked:border-accent disabled:bg-muted"
      />
    </Choice>
  );
}

type RadioGroupProps = {
  name: string;
  defaultValue?: string;
  options: { value: string; label: ReactNode; hint?: ReactNode }[];
};

/** Radio buttons of one name; put it in a `Fieldset`. */
export function RadioGroup({ name, defaultValue, options }: RadioGroupProps) {
  return (
    <div className="grid gap-1">
      {options.map(({ value, label, hint }) => (
        <Radio
          key={value}
          name={name}
          value={value}
          label={label}
          hint={hint}
          defaultChecked={value === defaultValue}
        />
      ))}
    </div>
  );
}

type LabelledProps = { label: ReactNode; hint?: ReactNode; className?: string; children: ReactNode };

function Choice({ label, hint, className, children }: LabelledProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label
      className={clsx(
        "flex min-h-6 cursor-pointer items-start gap-2.5 py-0.5 text-sm touch:min-h-11 touch:items-center",
        className,
      )}
    >
      <span className="mt-0.5 touch:mt-0">{children}</span>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {label}
        {hint && <span className="block text-fg-3 text-xs">{hint}</span>}
      </span>
    </label>
  );
}
