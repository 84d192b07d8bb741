"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useKey } from "@/components/shell/keys";
import { copyText } from "@/components/ui/copy-text";

type DeliveryKeysProps = {
  id: string;
  /** Addresses; null where there is nothing to go to. */
  newer: string | null;
  older: string | null;
  edit: string | null;
  compare: string | null;
};

/** The delivery page's shortcuts. */
export function DeliveryKeys({ id, newer, older, edit, compare }: DeliveryKeysProps) {
  const router = useRouter();
  const [told, setTold] = useState("");
  const go = (href: string | null) => href !== null && router.push(href, { scroll: false });
  useKey("r", pressRetry, { label: "Retry delivery", group: "Delivery" });
  useKey("Shift+r", () => go(edit), { label: "Edit and replay", group: "Delivery", enabled: edit !== null });
  useKey("d", () => go(compare), { label: "Compare attempts", group: "Delivery", enabled: compare !== null });
  useKey("[", () => go(newer), { label: "Newer delivery", group: "Delivery", enabled: newer !== null });
  useKey("]", () => go(older), { label: "Older delivery", group: "Delivery", enabled: older !== null });
  useKey("y", async () => setTold((await copyText(id)) ? "Delivery ID copied" : ""), {
    label: "Copy delivery ID",
    group: "Delivery",
  });
  return (
    <span role="status" className="sr-only">
      {told}
    </span>
  );
}

/** As if its button were pressed; nothing where there is none to press. */
function pressRetry() {
  const buttons = document.querySelectorAll<HTMLButtonElement>("[data-retry] button[type=submit]");
  const shown = [...buttons].find((button) => button.checkVisibility());
  if (!shown) return false;
  shown.click();
  return true;
}
