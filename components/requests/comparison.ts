import {
  type Compared,
  compareBodies,
  compareHeaders,
  isDifferent,
  type Pair,
} from "@/components/deliveries/comparison";
import { formatBytes } from "@/components/ui/format";
import type { Difference } from "@/lib/back-test/difference.ts";
import type { RequestDetail } from "@/lib/reports/requests.ts";
import { VERDICT_WORDS } from "./verdict";

/** Signatures, ids and times of a delivery: other on every call, whoever makes it. */
const EVERY_REQUEST =
  /signature|hmac|(?:^|-)(?:delivery|timestamp|webhook|event)-?(?:id|token)?$|idempotency|x-forwarded-|x-real-ip|retry-num/;

export type RequestComparison = {
  facts: Compared;
  headers: Compared & { expected: Pair[] };
  body: Difference | null;
};

/** What two requests have in common and what not; both sides in the order they were given. */
export function compareRequests(left: RequestDetail, right: RequestDetail): RequestComparison {
  const pairs = FACTS.map(({ name, of }) => ({ name, left: of(left), right: of(right) }));
  return {
    facts: {
      different: pairs.filter(isDifferent),
      same: pairs.filter((pair) => !isDifferent(pair) && pair.left !== null),
    },
    headers: compareHeaders(left.headers, right.headers, EVERY_REQUEST),
    body: compareBodies(left.body, right.body),
  };
}

const FACTS: { name: string; of: (request: RequestDetail) => string | null }[] = [
  { name: "Verdict", of: ({ verdict }) => VERDICT_WORDS[verdict] },
  { name: "Answered", of: ({ answerStatus }) => String(answerStatus) },
  { name: "Type", of: ({ type }) => type },
  { name: "Provider's ID", of: ({ externalId }) => externalId },
  { name: "Method", of: ({ method }) => method },
  { name: "Path", of: ({ path }) => path },
  { name: "From", of: ({ remoteAddress }) => remoteAddress },
  { name: "Size", of: ({ bodyBytes }) => formatBytes(bodyBytes) },
];
