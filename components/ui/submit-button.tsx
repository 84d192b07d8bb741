"use client";

import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";
import { ICON_14 } from "./icon-size";

/** Sends the form it stands in. While that runs it keeps its words, turns a wheel and takes no second press. */
export function SubmitButton({ children, variant = "primary", pending: given, ...props }: SubmitButtonProps) {
  const status = useFormStatus();
  const pending = given ?? status.pending;
  return (
    <Button
      {...props}
      type="submit"
      variant={variant}
      aria-disabled={pending || undefined}
      onClick={(event) => (pending ? event.preventDefault() : props.onClick?.(event))}
    >
      {pending && <LoaderCircle {...ICON_14} className="animate-spin" />}
      {children}
    </Button>
  );
}
type SubmitButtonProps = ComponentProps<typeof Button> & { pending?: boolean };
