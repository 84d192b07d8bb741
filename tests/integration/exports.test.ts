import { expect, test } from "vitest";
import { DELIVERY_COLUMNS, exportDeliveries } from "../../lib/exports/deliveries.ts";
import { EVENT_COLUMNS, exportEvents } from "../../lib/exports/events.ts";
import { type ExportRow, exportStream } from "../../lib/exports/write.ts";
import { formatId } from "../../lib/ids.ts";
import { testDatabase } from "../support/database.ts";
import { aDelivery, aFailedDelivery, anAttempt, anEndpoint, anEvent, aWorkspace } from "../support/traffic.ts";

await testDatabase();

const textOf = (stream: ReadableStream<Uint8Array>) => new Response(stream).text();

test("the CSV has the rows of the filter in the list's order, and no cell that a spreadsheet would run", async () => {
  const [workspaceId, stranger] = [await aWorkspace(), await aWorkspace()];
  const endpointId = await anEndpoint(workspaceId);
  const customer = '=HYPERLINK("http://evil.test","a, ""b""")';
  const older = await aFailedDelivery(workspaceId, { endpointId, customer, reason: "line one\nline two" });
  const newer = await aFailedDelivery(workspaceId, { endpointId, customer: "@SUM(A1)" });
  await aDelivery(workspaceId, { endpointId, status: "delivered" });
  await aFailedDelivery(stranger, { endpointId: await anEndpoint(stranger) });

  const batches = exportDeliveries(workspaceId, { status: ["failed"] }, "csv");
  const csv = await textOf(exportStream("csv", DELIVERY_COLUMNS, batches));
  const lines = csv.split("\r\n");
  expect(lines[0]).toBe(DELIVERY_COLUMNS.join(","));
  expect(lines[1]).toContain(`${formatId("dlv", newer)},failed,order.created,`);
  expect(lines[1]).toContain(",'@SUM(A1),");
  expect(lines[2]).toContain(formatId("dlv", older));
  expect(lines[2]).toContain(`"'=HYPERLINK(""http://evil.test"",""a, """"b"""""")"`);
  expect(lines[2]).toContain('"line one\nline two"');
  expect(lines).toHaveLength(4);
});

test("NDJSON has each delivery whole, with its attempts and without what they carried", async () => {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId);
  const id = await aFailedDelivery(workspaceId, { endpointId });
  await anAttempt(id, { number: 2, outcome: "timeout" });
  await anAttempt(id, {
    outcome: "http_error",
    responseBody: Buffer.from("secret"),
    requestHeaders: [["x", "secret"]],
  });

  const ndjson = await textOf(exportStream("ndjson", DELIVERY_COLUMNS, exportDeliveries(workspaceId, {}, "ndjson")));
  expect(ndjson).not.toContain("secret");
  expect(ndjson.endsWith("\n")).toBe(true);
  expect(JSON.parse(ndjson)).toMatchObject({
    id: formatId("dlv", id),
    endpointUrl: "https://api.acme.test/hooks",
    attempts: [
      { number: 1, outcome: "http_error" },
      { number: 2, outcome: "timeout" },
    ],
  });
});

test("events are exported without their payloads", async () => {
  const workspaceId = await aWorkspace();
  const id = await anEvent(workspaceId, { payload: Buffer.from('{"secret":1}'), customer: "acme" });
  const rows = async (format: "csv" | "ndjson") =>
    textOf(exportStream(format, EVENT_COLUMNS, exportEvents(workspaceId, {})));
  expect(await rows("csv")).toContain(`${formatId("evt", id)},order.created,acme,`);
  expect(JSON.parse(await rows("ndjson"))).toMatchObject({ id: formatId("evt", id), bytes: 12, deliveries: {} });
  expect(await rows("ndjson")).not.toContain("secret");
});

function* countdown(from: number): Generator<ExportRow[]> {
  for (let left = from; left > 0; left--) yield [{ cells: { n: left }, whole: { n: left } }];
}

async function* watched(read: { batches: number; ended: boolean }): AsyncGenerator<ExportRow[]> {
  try {
    for (const batch of countdown(1_000)) {
      read.batches++;
      yield batch;
    }
  } finally {
    read.ended = true;
  }
}

test("an export stops at its limit, to the row", async () => {
  const read = { batches: 0, ended: false };
  const ndjson = await textOf(exportStream("ndjson", [], watched(read), 3));
  expect(ndjson).toBe('{"n":1000}\n{"n":999}\n{"n":998}\n');
  expect(read).toEqual({ batches: 3, ended: true });
});

test("an export reads no further than it is taken, and ends with the reader", async () => {
  const read = { batches: 0, ended: false };
  const reader = exportStream("csv", ["n"], watched(read)).getReader();
  await reader.read();
  await reader.read();
  expect(read).toEqual({ batches: 1, ended: false });
  await reader.cancel();
  expect(read).toEqual({ batches: 1, ended: true });
});
