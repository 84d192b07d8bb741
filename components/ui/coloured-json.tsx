const PIECES = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false)\b|\b(null)\b|([{}[\],:])/g;

/** JSON in colour without a highlighter, for text that changes while it is typed. */
export function ColouredJson({ text }: { text: string }) {
  const pieces: { at: number; text: string; className?: string }[] = [];
  let end = 0;
  for (const match of text.matchAll(PIECES)) {
    if (match.index > end) pieces.push({ at: end, text: text.slice(end, match.index) });
    pieces.push({ at: match.index, text: match[0], className: colourOf(match) });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ at: end, text: text.slice(end) });
  return pieces.map((piece) => (
    <span key={piece.at} className={piece.className}>
      {piece.text}
    </span>
  ));
}

function colourOf([, string, colon, number, bool, nothing]: RegExpExecArray): string {
  if (string) return colon ? "text-code-key" : "text-code-string";
  if (number) return "text-code-number";
  if (bool) return "text-code-bool";
  return nothing ? "text-code-null" : "text-code-punct";
}
