import Link from "next/link";
import { CodeBlock } from "@/components/ui/code-block";

type ListenSnippetProps = {
  url: string;
  /** The outside id. */
  source: string;
  /** Null for those who may not make keys. */
  keysHref: string | null;
};

/** The command that sends a source's requests on to a developer's machine. */
export function ListenSnippet({ url, source, keysHref }: ListenSnippetProps) {
  const lines = [
    "export POSTHORN_API_KEY=ph_…",
    `npx posthorn listen --url ${url} --source ${source} --forward http://localhost:4000/hooks`,
  ];
  return (
    <>
      <p className="max-w-prose text-fg-2 text-sm">
        Run this in a folder with Posthorn&apos;s code. Verified requests arrive on your machine as they came, signature
        included; started again, it goes on where it left off. It needs{" "}
        {keysHref ? (
          <Link href={keysHref} className="link">
            an API key
          </Link>
        ) : (
          "an API key"
        )}{" "}
        that may read.
      </p>
      <CodeBlock label="Terminal" code={lines.join("\n")} wrap className="mt-3" />
    </>
  );
}
