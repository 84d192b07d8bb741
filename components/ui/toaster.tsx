"use client";

import { Toaster as Sonner, toast } from "sonner";

/** Bottom right, three at most; errors stay until they are closed. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      visibleToasts={3}
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-(--width) items-start gap-2.5 rounded-card bg-bg py-3 pr-3 pl-3.5 font-sans text-fg text-sm shadow-float [&_[data-icon]]:mt-px [&_[data-icon]_svg]:size-4.5",
          error: "[&_[data-icon]]:text-bad",
          closeButton:
            "order-last -my-0.5 ml-auto grid size-6 shrink-0 place-items-center rounded-control text-fg-3 hover:bg-hover",
        },
      }}
    />
  );
}

export function showToast({ kind, text }: { kind: "success" | "error"; text: string }) {
  if (kind === "success") toast.success(text);
  else toast.error(text, { duration: Number.POSITIVE_INFINITY, closeButton: true });
}
