import { prettyJson } from "@/components/ui/pretty-json";
import { SHOWN_BYTES } from "./shown-bytes";

type Whole = { bytes: number; href: string; raw: boolean };

/** The text of a payload as the page shows it; of one that is shown in part, the whole. */
export async function shownText(box: HTMLElement, { bytes, href, raw }: Whole): Promise<string> {
  if (bytes > SHOWN_BYTES) {
    const response = await fetch(href, { redirect: "error" });
    if (!response.ok) throw new Error(`The payload answered ${response.status}`);
    const whole = await response.text();
    return raw ? whole : (prettyJson(whole) ?? whole);
  }
  // Each coloured line is a box of its own: there are no line breaks between them.
  const lines = [...box.querySelectorAll(".line")].map((line) => line.textContent?.replace(/\n$/, "") ?? "");
  return lines.length > 0 ? lines.join("\n") : (box.querySelector("pre")?.textContent ?? "");
}
