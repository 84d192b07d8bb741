import { expect, test } from "vitest";
import { limitWords } from "../../../../components/endpoints/limit-words.ts";

const none = {
  rateLimit: null,
  rateBurst: null,
  maxInFlight: null,
  ordering: "best_effort",
  batchSize: null,
  batchSeconds: null,
} as const;
const words = (limits: Partial<Parameters<typeof limitWords>[0]>) =>
  limitWords({ ...none, ...limits }).map((each) => each.replaceAll("\u00a0", " "));

test("an endpoint without limits has none to name", () => {
  expect(words({})).toEqual([]);
  expect(words({ rateBurst: 5, batchSeconds: 9 })).toEqual([]);
});

test("each limit that somebody set is named, with what goes with it", () => {
  expect(words({ rateLimit: 0.5 })).toEqual(["0.5 a second"]);
  expect(words({ rateLimit: 5, rateBurst: 20, maxInFlight: 2 })).toEqual([
    "5 a second, 20 after a quiet time",
    "2 at once",
  ]);
  expect(words({ ordering: "strict", batchSize: 50 })).toEqual([
    "strict order",
    "up to 50 events a request, gathered for 5 s",
  ]);
  expect(words({ batchSize: 2, batchSeconds: 60 })).toEqual(["up to 2 events a request, gathered for 60 s"]);
});
