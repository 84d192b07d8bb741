import { answerWord } from "@/lib/delivery/outcome-words.ts";
import type { TrialAnswer, TrialRequest } from "@/lib/playground/trial-result.ts";
import { formatDuration } from "../ui/format";

/** `200 in 84 ms`, `timeout after 15 s`. */
export function trialWords({
  outcome,
  statusCode,
  totalMs,
}: Pick<TrialAnswer, "outcome" | "statusCode"> & { totalMs: number | null }): string {
  const word = answerWord(outcome, statusCode);
  if (totalMs === null || outcome === "cancelled") return word;
  return `${word} ${statusCode === null ? "after" : "in"} ${formatDuration(totalMs)}`;
}

/** The request as it goes over the wire, as far as it is kept. */
export function wireText({ method, url, headers, body }: TrialRequest, text: string): string {
  const { host, path } = placeOf(url);
  const lines = [`${method} ${path} HTTP/1.1`, `host: ${host}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return body === "" ? lines.join("\n") : `${lines.join("\n")}\n\n${text}`;
}

/** By hand: a shown URL may have a mask where the real one has a secret. */
function placeOf(url: string): { host: string; path: string } {
  const [, host = "", path = ""] = /^[a-z]+:\/\/([^/?]+)(.*)$/i.exec(url) ?? [];
  return { host, path: path.startsWith("/") ? path : `/${path}` };
}
