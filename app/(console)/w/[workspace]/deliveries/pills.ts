import { shortId, urlParts } from "@/components/ui/format";
import { DELIVERY_LOOKS } from "@/components/ui/status-badge";
import { OUTCOME_WORDS } from "@/lib/delivery/outcome-words.ts";
import { formatId } from "@/lib/ids.ts";
import type { FilterChoices } from "@/lib/reports/filter-choices.ts";
import { timeWords } from "../list-address";
import { type DeliverySearch, rangeOf } from "./filter";

/** A filter in force, in words, and the change that takes it away. */
export type Pill = { name: string; words: string; without: Partial<DeliverySearch> };

/** The filters in force but for the time and the text of the search box. */
export function pillsOf(search: DeliverySearch, choices: FilterChoices): Pill[] {
  const { status, type, endpoint, event, customer, outcome, code, attempts, body } = search;
  const words: [string, string | undefined, Partial<DeliverySearch>][] = [
    ["Status", status.map((name) => DELIVERY_LOOKS[name].word).join(", "), { status: [] }],
    ["Type", type, { type: undefined }],
    ["Endpoint", endpoint && endpointName(endpoint, choices), { endpoint: undefined }],
    ["Customer", customer, { customer: undefined }],
    ["Last attempt", outcome && OUTCOME_WORDS[outcome], { outcome: undefined }],
    ["Code", code, { code: undefined }],
    ["Attempts", attempts?.replace(/[<>]=?/, "$& "), { attempts: undefined }],
    ["Event", event && shortId(event), { event: undefined }],
  ];
  const inBody = body.map((condition) => ({
    name: "Body",
    words: condition.replace(":", ": "),
    without: { body: body.filter((other) => other !== condition) },
  }));
  return [...words.flatMap(([name, value, without]) => (value ? { name, words: value, without } : [])), ...inBody];
}

/** All of a search in a sentence's middle: `failed or retrying, type order.*, last 24 h`. */
export function searchWords(search: DeliverySearch, choices: FilterChoices, zone: string): string {
  const pills = pillsOf(search, choices).map(({ name, words }) => `${name.toLowerCase()} ${words}`);
  return [
    search.q && `text “${search.q}”`,
    ...pills,
    lowerFirst(timeWords({ ...search, range: rangeOf(search) }, zone)),
  ]
    .filter(Boolean)
    .join(", ");
}

function endpointName(endpoint: string, { endpoints }: FilterChoices): string {
  const known = endpoints.find(({ id }) => formatId("ep", id) === endpoint);
  if (known) return known.description || urlParts(known.url).host;
  return endpoint.startsWith("ep_") ? shortId(endpoint) : endpoint;
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
