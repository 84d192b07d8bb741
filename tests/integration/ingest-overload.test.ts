import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { MAX_WAITING_BYTES } from "../../lib/ingest/limits.ts";
import { heldBytes } from "../../lib/ingest/waiting-budget.ts";
import { aType } from "../support/configuration.ts";
import { testDatabase } from "../support/database.ts";
import { aKey, openDoor, post } from "../support/door.ts";
import { eventually } from "../support/eventually.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase();
const door = await openDoor();
const workspaceId = await aWorkspace();
await aType(workspaceId, "a");
const { secret } = await aKey(workspaceId);
const MIB = 1_024 * 1_024;

/** A batch that is on its way and stays there: all of its 8 MiB but the last byte. */
function anUpload(): Socket {
  const socket = connect(door.port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(
    `POST /api/v1/events/batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${secret}\r\n` +
      `Content-Type: application/x-ndjson\r\nContent-Length: ${8 * MIB}\r\n\r\n`,
  );
  socket.write(Buffer.alloc(8 * MIB - 1, " "));
  return socket;
}

test("with 64 MiB on the way further calls hear 503 and when to come back, until there is room again", async () => {
  const uploads = Array.from({ length: 8 }, anUpload);
  await eventually(() => heldBytes() === MAX_WAITING_BYTES - 8);

  const large = { type: "a", data: "x".repeat(100) };
  const refused = await post(door, secret, large);
  expect(refused).toMatchObject({ status: 503, body: { code: "overloaded" } });
  expect(refused.headers.get("retry-after")).toBe("1");

  uploads[0]?.destroy();
  await eventually(() => heldBytes() < MAX_WAITING_BYTES - 7 * MIB);
  expect((await post(door, secret, large)).status).toBe(202);

  for (const upload of uploads) upload.destroy();
  await eventually(() => heldBytes() === 0);
});
