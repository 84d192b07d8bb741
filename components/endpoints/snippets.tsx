import { type CodeToken, highlight, type Language } from "@/components/ui/highlight";
import { placeholderOf, type SnippetLanguage, verificationSnippets } from "@/lib/endpoints/snippets.ts";
import type { Signature } from "@/lib/endpoints/states.ts";
import { CopySnippet, SecretInCode } from "./reveal";

const COLOURS: Record<SnippetLanguage, Language> = {
  node: "javascript",
  python: "python",
  go: "go",
  ruby: "ruby",
  php: "php",
  plain: "bash",
};

/** Which panel shows is a matter of style alone, so the choice needs no script. Written out for Tailwind to find. */
const SHOWN: Record<SnippetLanguage, string> = {
  node: "group-has-[[value=node]:checked]/snippets:block",
  python: "group-has-[[value=python]:checked]/snippets:block",
  go: "group-has-[[value=go]:checked]/snippets:block",
  ruby: "group-has-[[value=ruby]:checked]/snippets:block",
  php: "group-has-[[value=php]:checked]/snippets:block",
  plain: "group-has-[[value=plain]:checked]/snippets:block",
};

/** How to verify a delivery, per language, with a place where the secret appears once it is asked for. */
export async function Snippets({ signature }: { signature: Signature }) {
  const placeholder = placeholderOf(signature);
  const snippets = await Promise.all(
    verificationSnippets(signature).map(async (snippet) => ({
      ...snippet,
      lines: await highlight(snippet.code.trimEnd(), COLOURS[snippet.language]),
    })),
  );
  return (
    <div className="group/snippets overflow-hidden rounded-card border bg-surface">
      <fieldset className="flex flex-wrap gap-x-1 border-b px-1.5">
        <legend className="sr-only">Language</legend>
        {snippets.map(({ language, label }, index) => (
          <label
            key={language}
            className="relative flex h-9 cursor-pointer items-center px-2 text-fg-2 text-sm after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 hover:text-fg has-checked:font-medium has-checked:text-fg has-checked:after:bg-accent-fg has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:-outline-offset-2 touch:h-11"
          >
            <input type="radio" name="snippet" value={language} defaultChecked={index === 0} className="sr-only" />
            {label}
          </label>
        ))}
      </fieldset>
      {snippets.map(({ language, note, code, lines }) => (
        <div key={language} className={`hidden ${SHOWN[language]}`}>
          <div className="flex min-h-9 items-center border-b pr-1 pl-3 text-fg-2 text-xs">
            {note}
            <span className="ml-auto">
              <CopySnippet code={code} placeholder={placeholder} />
            </span>
          </div>
          <section
            aria-label={`Verification in ${language}`}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
            tabIndex={0}
            className="focus-inset overflow-x-auto"
          >
            <pre className="mono px-3 py-2">{lines ? <Code lines={lines} placeholder={placeholder} /> : code}</pre>
          </section>
        </div>
      ))}
    </div>
  );
}

function Code({ lines, placeholder }: { lines: CodeToken[][]; placeholder: string }) {
  return (
    <code className="code-lines block w-fit min-w-full">
      {lines.map((line, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
        <span key={number} className="line">
          {line.map(({ text, className }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces never move
            <span key={index} className={className}>
              <Piece text={text} placeholder={placeholder} />
            </span>
          ))}
          {line.length === 0 && "\n"}
        </span>
      ))}
    </code>
  );
}

function Piece({ text, placeholder }: { text: string; placeholder: string }) {
  const [before, after] = text.split(placeholder);
  if (after === undefined) return text;
  return (
    <>
      {before}
      <SecretInCode placeholder={placeholder} />
      {after}
    </>
  );
}
