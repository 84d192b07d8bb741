import { CodeBlock } from "@/components/ui/code-block";
import { formatBytes } from "@/components/ui/format";
import { prettyJson } from "@/components/ui/pretty-json";

/** A page shows this much of a payload; the rest is a matter for the API. */
const SHOWN_BYTES = 64 * 1024;

type PayloadBlockProps = { payload: Uint8Array; contentType: string };

/** The bytes of `data` as they were sent: laid out when they are JSON, as hexadecimal when they are no text. */
export function PayloadBlock({ payload, contentType }: PayloadBlockProps) {
  const shown = payload.subarray(0, SHOWN_BYTES);
  const text = decode(payload) ?? hex(shown);
  const whole = payload.length <= SHOWN_BYTES;
  const pretty = whole ? prettyJson(text) : null;
  return (
    <CodeBlock
      label="Payload"
      code={pretty ?? text.slice(0, SHOWN_BYTES)}
      copy={text.slice(0, SHOWN_BYTES)}
      language={pretty === null ? undefined : "json"}
      meta={whole ? contentType : `${contentType} · the first ${formatBytes(SHOWN_BYTES)} of`}
      size={payload.length}
    />
  );
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: shown as hexadecimal.
    return null;
  }
}

function hex(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const line = Array.from(bytes.subarray(at, at + 16), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
    lines.push(`${at.toString(16).padStart(8, "0")}  ${line}`);
  }
  return lines.join("\n");
}
