import type { Snippet } from "@/components/get-started/post-step";
import { highlight, type Language } from "@/components/ui/highlight";
import { publicUrl } from "@/lib/env.ts";
import { findOwnEventType } from "@/lib/get-started/progress.ts";
import { FIRST_EVENT, type PostLanguage, postSnippets } from "@/lib/get-started/snippets.ts";

const LANGUAGES: Record<PostLanguage, Language> = { curl: "bash", node: "javascript", python: "python", go: "go" };

/** The calls of the second step, coloured here so that the browser needs no highlighter. */
export async function snippetsFor(workspaceId: string): Promise<Snippet[]> {
  const own = await findOwnEventType(workspaceId);
  const url = `${publicUrl()}/api/v1/events`;
  const data = oneLine(own?.example) ?? FIRST_EVENT.data;
  const calls = postSnippets({ url, type: own?.name ?? FIRST_EVENT.type, data });
  return Promise.all(
    calls.map(async ({ language, label, code }) => {
      const coloured = await highlight(code, LANGUAGES[language]);
      return { language, label, code, lines: coloured ?? code.split("\n").map((text) => [{ text }]) };
    }),
  );
}

/** An example as it stands in a call; a long one would bury the call. */
function oneLine(example: string | null | undefined): string | null {
  const text = example?.replace(/\n\s*/g, "");
  return text && text.length <= 400 ? text : null;
}
