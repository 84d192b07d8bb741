"use client";

import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { Button, type ButtonVariant } from "./button";

const load = () => import("./confirm-dialog-body");
const ConfirmDialogBody = lazy(() => load().then((module) => ({ default: module.ConfirmDialogBody })));

export type ConfirmDialogProps = {
  /** The words of the button that opens it: `Delete endpoint…`. */
  trigger: ReactNode;
  triggerVariant?: ButtonVariant;
  triggerSize?: "sm" | "md";
  /** Names the object and the deed: `Delete Acme production?` */
  title: string;
  /** What follows from it, counted. */
  children: ReactNode;
  /** The form whose button does it. */
  confirm: ReactNode;
  /** What must be typed before the deed can be done. */
  typedName?: string;
};

/** Asks before something that cannot be taken back. The dialog's code is fetched when the pointer or the focus comes near. */
export function ConfirmDialog({ trigger, triggerVariant = "danger-quiet", triggerSize, ...body }: ConfirmDialogProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button
        ref={button}
        variant={triggerVariant}
        size={triggerSize}
        aria-haspopup="dialog"
        onPointerEnter={load}
        onFocus={load}
        onClick={() => setOpen(true)}
      >
        {trigger}
      </Button>
      {open && (
        <Suspense>
          <ConfirmDialogBody {...body} close={() => setOpen(false)} returnTo={button} />
        </Suspense>
      )}
    </>
  );
}
