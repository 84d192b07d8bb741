import Link from "next/link";
import { Fragment } from "react";
import { Time } from "@/components/ui/time";

/** A piece of a sentence of facts: words, words that lead somewhere, what a machine said, or a moment. */
export type Part = string | { words: string; href: string } | { quote: string } | { at: Date };
export type Sentence = { key: string; parts: Part[] };

/** The sentence on a page. */
export function SentenceText({ parts }: { parts: Part[] }) {
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence never move
    <Fragment key={index}>
      <PartText part={part} />
    </Fragment>
  ));
}

function PartText({ part }: { part: Part }) {
  if (typeof part === "string") return part;
  if ("at" in part) return <Time at={part.at} />;
  if ("quote" in part) return <q className="mono text-fg [overflow-wrap:anywhere] [quotes:none]">{part.quote}</q>;
  return (
    <Link href={part.href} className="link">
      {part.words}
    </Link>
  );
}

/** The same as plain text, for a ticket. */
export function plainSentence(parts: Part[]): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      if ("at" in part) return part.at.toISOString();
      return "quote" in part ? `"${part.quote}"` : part.words;
    })
    .join("");
}
