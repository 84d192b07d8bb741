import { prettyJson } from "@/components/ui/pretty-json";
import { SHOWN_BYTES } from "./shown-bytes";

const HEX_BYTES = 4 * 1024;
const HEX_COLUMNS = 16;

export type PayloadText = {
  text: string;
  /** `hex`: the bytes are not text. */
  kind: "json" | "text" | "hex";
  /** What is not shown, in words. */
  notice: string | null;
};

/** Bytes as a person can read them: JSON with line breaks, text as it is, anything else as hex; or as hex anyway. */
export function payloadText(bytes: Buffer, { pretty = true, hex = false } = {}): PayloadText {
  if (hex) {
    const notice = bytes.length > HEX_BYTES ? "The first 4 KiB are shown; Copy and Download have all of it." : null;
    return { text: hexLines(bytes), kind: "hex", notice };
  }
  const shown = bytes.subarray(0, SHOWN_BYTES);
  const text = readable(shown, bytes.length > SHOWN_BYTES);
  if (text === null) return hexText(bytes);
  const cut = bytes.length > SHOWN_BYTES;
  const json = cut ? null : prettyJson(text);
  return {
    text: (pretty ? json : null) ?? text,
    kind: json === null ? "text" : "json",
    notice: cut ? "The first 64 KiB are shown; search, Copy and Download have all of it." : null,
  };
}

function hexText(bytes: Buffer): PayloadText {
  const notice =
    bytes.length > HEX_BYTES
      ? "Not text: the first 4 KiB are shown as hex, Copy gives base64."
      : "Not text: shown as hex, Copy gives base64.";
  return { text: hexLines(bytes), kind: "hex", notice };
}

function hexLines(bytes: Buffer): string {
  const lines: string[] = [];
  for (let at = 0; at < Math.min(bytes.length, HEX_BYTES); at += HEX_COLUMNS) {
    const row = bytes.subarray(at, at + HEX_COLUMNS);
    const hex = [...row].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const letters = row.toString("latin1").replace(/[^\x20-\x7e]/g, ".");
    lines.push(`${at.toString(16).padStart(6, "0")}  ${hex.padEnd(HEX_COLUMNS * 3 - 1)}  ${letters}`);
  }
  return lines.join("\n");
}

/** Null when the bytes are not UTF-8 or hold control characters other than tab and line breaks. */
function readable(bytes: Buffer, cut: boolean): string | null {
  try {
    // A cut may fall inside a character, which `stream` forgives.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: cut });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
    return /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text) ? null : text;
  } catch {
    // Not UTF-8, which the caller shows as hex.
    return null;
  }
}
