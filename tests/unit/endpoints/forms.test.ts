import { expect, test } from "vitest";
import { endpointEdit, endpointForm, fromForm } from "../../../lib/endpoints/forms.ts";
import { formatId, newId } from "../../../lib/ids.ts";
import { formFields } from "../../../lib/web/form-fields.ts";

const EMPTY = {
  description: "",
  customer: "",
  timeoutSeconds: "15",
  retrySchedule: "",
  expectedStatuses: "",
  format: "envelope",
};

function read(fields: [string, string][], schema: typeof endpointForm | typeof endpointEdit = endpointForm) {
  const form = new FormData();
  const given = new Set(fields.map(([name]) => name));
  const usual = Object.entries({ ...EMPTY, url: "https://example.com/hooks" }).filter(([name]) => !given.has(name));
  for (const [name, value] of [...usual, ...fields]) form.append(name, value);
  return schema.safeParse(formFields(form, schema));
}

test("all event types means no subscriptions, whatever boxes were ticked before", () => {
  const read_ = read([
    ["events", "all"],
    ["subscriptions", "order.created"],
    ["patterns", ""],
  ]);
  expect(fromForm(read_.data!)).toMatchObject({ subscriptions: [], customer: null, retrySchedule: null, headers: [] });
});

test("ticked boxes and free patterns are one list, without what a pattern covers", () => {
  const chosen = read([
    ["events", "chosen"],
    ["subscriptions", "order.created"],
    ["subscriptions", "ping"],
    ["patterns", "order.*, refund.issued"],
  ]);
  expect(fromForm(chosen.data!).subscriptions).toEqual(["ping", "order.*", "refund.issued"]);
});

test("nothing chosen is a mistake at the events, not all events", () => {
  const nothing = read([
    ["events", "chosen"],
    ["patterns", ""],
  ]);
  expect(nothing.error?.issues.map(({ path }) => path[0])).toEqual(["subscriptions"]);
});

test("a header without its value is refused: after an error the value did not travel back", () => {
  const half = read([
    ["events", "all"],
    ["headers.name", "x-api-key"],
    ["headers.value", ""],
  ]);
  expect(half.error?.issues.map(({ path }) => path[0])).toEqual(["headers"]);
});

test("the schedule is read from its text, `none` as no retries", () => {
  expect(read([["retrySchedule", "5s, 5m"]]).data?.retrySchedule).toEqual([5, 300]);
  expect(read([["retrySchedule", "none"]]).data?.retrySchedule).toEqual([]);
  expect(read([["retrySchedule", "soon"]]).success).toBe(false);
});

test("a change names its endpoint by its outside id", () => {
  const id = newId();
  expect(read([["endpoint", formatId("ep", id)]], endpointEdit).data).toMatchObject({ endpoint: id });
  expect(read([["endpoint", id]], endpointEdit).success).toBe(false);
});

test("limits left empty are no limits; a maximum age is read as a time", () => {
  const limits = ["rateLimit", "rateBurst", "maxInFlight", "batchSize", "batchSeconds", "maxAgeSeconds"];
  const none = read(limits.map((name) => [name, ""]));
  expect(none.data).toMatchObject(Object.fromEntries(limits.map((name) => [name, null])));
  const age = (text: string) => read([["maxAgeSeconds", text]]);
  expect(["90", "30m", "12h", "1d 12h"].map((text) => age(text).data?.maxAgeSeconds)).toEqual([
    90, 1_800, 43_200, 129_600,
  ]);
  expect(age("30d").success).toBe(true);
  expect(["soon", "0", "31d", "-1h"].map((text) => age(text).success)).toEqual([false, false, false, false]);
});
