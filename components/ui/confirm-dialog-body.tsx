"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { type ReactNode, type RefObject, useCallback, useId, useRef, useState } from "react";
import { Button } from "./button";
import { Input } from "./input";

type BodyProps = {
  title: string;
  children: ReactNode;
  confirm: ReactNode;
  typedName?: string;
  close: () => void;
  returnTo: RefObject<HTMLElement | null>;
};

/** The dialog itself; the focus starts on Cancel, or in the box when a name must be typed. */
export function ConfirmDialogBody({ title, children, confirm, typedName, close, returnTo }: BodyProps) {
  const [typed, setTyped] = useState("");
  const first = useRef<HTMLElement>(null);
  const done = useCallback(
    (element: HTMLElement | null) => {
      element?.addEventListener("form-done", close);
      return () => element?.removeEventListener("form-done", close);
    },
    [close],
  );
  const ready = typedName === undefined || typed.trim() === typedName;
  return (
    <AlertDialog.Root open onOpenChange={(open) => open || close()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-20 bg-scrim transition-opacity duration-120 data-starting-style:opacity-0" />
        <AlertDialog.Popup
          ref={done}
          initialFocus={first}
          finalFocus={returnTo}
          className="fixed top-[20vh] left-1/2 z-20 max-h-[75vh] w-[min(480px,calc(100vw-32px))] -translate-x-1/2 overflow-y-auto rounded-dialog bg-bg p-5 shadow-float transition-opacity duration-120 data-starting-style:opacity-0"
        >
          <AlertDialog.Title className="text-lg">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="mt-2 grid gap-2 text-fg-2">
            {children}
          </AlertDialog.Description>
          {typedName !== undefined && <TypedName name={typedName} typed={typed} setTyped={setTyped} box={first} />}
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <AlertDialog.Close render={<Button ref={typedName === undefined ? setFirst(first) : undefined} />}>
              Cancel
            </AlertDialog.Close>
            <fieldset disabled={!ready} className="contents">
              {confirm}
            </fieldset>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

const setFirst = (first: RefObject<HTMLElement | null>) => (element: HTMLElement | null) => {
  first.current = element;
};

type TypedNameProps = {
  name: string;
  typed: string;
  setTyped: (text: string) => void;
  box: RefObject<HTMLElement | null>;
};

function TypedName({ name, typed, setTyped, box }: TypedNameProps) {
  const id = useId();
  return (
    <div className="mt-4 grid gap-1.5">
      <label htmlFor={id} className="text-sm">
        Type <strong>{name}</strong> to confirm
      </label>
      <Input
        ref={setFirst(box)}
        id={id}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        autoComplete="off"
        spellCheck={false}
      />
    </div>
  );
}
