import { type Part, SentenceText } from "@/components/deliveries/sentence";
import { formatId } from "@/lib/ids.ts";
import type { Piece } from "@/lib/sources/diagnosis-words.ts";

/** A diagnosis' sentence on a page of the workspace. */
export function Pieces({ pieces, slug }: { pieces: Piece[]; slug: string }) {
  return <SentenceText parts={pieces.map((piece) => partOf(piece, slug))} />;
}

function partOf(piece: Piece, slug: string): Part {
  if (typeof piece === "string" || "at" in piece) return piece;
  if ("code" in piece) return { quote: piece.code };
  return { words: piece.name, href: `/w/${slug}/sources/${formatId("src", piece.sourceId)}` };
}
