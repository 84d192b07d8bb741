"use client";

import { lazy, Suspense, useEffect, useState } from "react";

type Toast = { kind: "success" | "error"; text: string };

const CALLED = "posthorn-toast";
const load = () => import("./toaster");
const Toaster = lazy(() => load().then((module) => ({ default: module.Toaster })));

/** Tells how an action ended. Errors stay until they are closed. */
export const toast = {
  success: (text: string) => call({ kind: "success", text }),
  error: (text: string) => call({ kind: "error", text }),
};

function call(detail: Toast) {
  window.dispatchEvent(new CustomEvent(CALLED, { detail }));
}

/** The place where toasts appear; its code is fetched with the first one. */
export function Toasts() {
  const [called, setCalled] = useState(false);
  useEffect(() => {
    const show = async (event: Event) => {
      setCalled(true);
      (await load()).showToast((event as CustomEvent<Toast>).detail);
    };
    window.addEventListener(CALLED, show);
    return () => window.removeEventListener(CALLED, show);
  }, []);
  return (
    called && (
      <Suspense>
        <Toaster />
      </Suspense>
    )
  );
}
