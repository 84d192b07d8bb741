"use client";

import { Toaster, toast } from "sonner";

export { toast };

/** Bottom right, three at most; errors stay until they are closed. */
export function Toasts() {
  return (
    <Toaster
      position="bottom-right"
      className="font-sans!"
      visibleToasts={3}
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-(--width) items-start gap-2.5 rounded-card bg-bg px-3.5 py-3 text-sm text-fg shadow-float [&_[data-icon]]:mt-0.5",
          description: "text-fg-2",
          error: "[&_[data-icon]]:text-bad",
          actionButton: "ml-auto font-medium text-accent-fg",
          closeButton: "hidden",
        },
      }}
    />
  );
}
