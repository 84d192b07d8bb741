import { timeWords } from "../list-address";
import { type EventSearch, rangeOf } from "./filter";

/** By its outside id. */
export type SourceChoice = { id: string; name: string };

/** The filters in force but for the time and the text of the search box. */
export function pillsOf({ type, customer, key, source, body }: EventSearch, sources: SourceChoice[] = []) {
  const words: [string, string | undefined, Partial<EventSearch>][] = [
    ["Type", type, { type: undefined }],
    ["Customer", customer, { customer: undefined }],
    ["Idempotency key", key, { key: undefined }],
    ["Source", source && (sources.find(({ id }) => id === source)?.name ?? source), { source: undefined }],
  ];
  const inBody = body.map((condition) => ({
    name: "Body",
    words: condition.replace(":", ": "),
    without: { body: body.filter((other) => other !== condition) },
  }));
  return [...words.flatMap(([name, value, without]) => (value ? { name, words: value, without } : [])), ...inBody];
}

/** All of a search in a sentence's middle. */
export function searchWords(search: EventSearch, zone: string): string {
  const pills = pillsOf(search).map(({ name, words }) => `${name.toLowerCase()} ${words}`);
  const time = timeWords({ ...search, range: rangeOf(search) }, zone);
  return [search.q && `text “${search.q}”`, ...pills, time.charAt(0).toLowerCase() + time.slice(1)]
    .filter(Boolean)
    .join(", ");
}
