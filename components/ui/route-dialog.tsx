"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { type MouseEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { buttonClass } from "./button";

type RouteDialogProps = {
  title: string;
  /** The page without the dialog. */
  closeHref: string;
  /** Sentences, a form, and a `DialogFoot`. */
  children: ReactNode;
};

/**
 * A dialog that has an address. Without JavaScript it stands open above the page and closes by its link;
 * with it, it is modal, Escape closes it, and the focus starts on what leaves everything as it is.
 */
export function RouteDialog({ title, closeHref, children }: RouteDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const router = useRouter();
  const titleId = useId();

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    element.close();
    element.showModal();
    element.querySelector<HTMLElement>("[data-first-focus]")?.focus();
    return () => element.close();
  }, []);

  const close = () => router.push(closeHref, { scroll: false });
  const closeOutside = (event: MouseEvent) => event.target === dialog.current && close();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way, and fires `cancel`
    <dialog
      ref={dialog}
      open
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={closeOutside}
      className="fixed inset-x-0 top-[14vh] z-20 mx-auto max-h-[80vh] w-[min(520px,calc(100vw-32px))] overflow-y-auto rounded-dialog bg-bg p-0 text-fg shadow-float backdrop:bg-scrim"
    >
      <div className="p-5">
        <h2 id={titleId} className="text-lg [overflow-wrap:anywhere]">
          {title}
        </h2>
        <div className="mt-2 text-fg-2">{children}</div>
      </div>
    </dialog>
  );
}

type DialogFootProps = {
  closeHref: string /** What the link that closes it says. */;
  cancel?: string;
  children?: ReactNode;
};

/** The buttons of a dialog; the first one leaves everything as it is. */
export function DialogFoot({ closeHref, cancel = "Cancel", children }: DialogFootProps) {
  return (
    <div className="mt-5 flex flex-wrap justify-end gap-2">
      <Link href={closeHref} scroll={false} className={buttonClass({})} data-first-focus>
        {cancel}
      </Link>
      {children}
    </div>
  );
}
