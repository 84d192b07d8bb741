import { VERDICT_WORDS } from "@/components/requests/verdict";
import { timeWords } from "../../list-address";
import { type RequestSearch, rangeOf } from "./filter";

export type Pill = { name: string; words: string; without: Partial<RequestSearch> };

/** The filters in force, but for the tabs' own: each with the change that removes it. */
export function pillsOf(search: RequestSearch, zone: string): Pill[] {
  const { verdict, method, code, type, q, body } = search;
  const narrowed = verdict === "quarantined" ? undefined : verdict;
  const words: [string, string | undefined, Partial<RequestSearch>][] = [
    ["Text", q, { q: undefined }],
    ["Verdict", narrowed && VERDICT_WORDS[narrowed], { verdict: undefined }],
    ["Method", method, { method: undefined }],
    ["Answered", code, { code: undefined }],
    ["Type", type, { type: undefined }],
  ];
  const inBody = body.map((condition) => ({
    name: "Body",
    words: condition.replace(":", ": "),
    without: { body: body.filter((other) => other !== condition) },
  }));
  const anyTime = { range: "all", from: undefined, to: undefined } as const;
  const range = rangeOf(search);
  const time =
    range === "all" ? [] : [{ name: "Time", words: timeWords({ ...search, range }, zone), without: anyTime }];
  return [
    ...words.flatMap(([name, value, without]) => (value ? { name, words: value, without } : [])),
    ...inBody,
    ...time,
  ];
}
