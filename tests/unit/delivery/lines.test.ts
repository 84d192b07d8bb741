import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AddressPolicy } from "../../../lib/delivery/address-policy.ts";
import { type Line, Lines } from "../../../lib/delivery/lines.ts";
import { aConfiguration } from "../../support/claims.ts";

const LINES = 64;
const PATIENCE_MS = 300;
const NOBODY: AddressPolicy = { allowed: [], ownPorts: [], databasePorts: [] };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An endpoint whose calls take all its lines, with some deliveries that stand before the next one. */
async function crowded(ahead: number) {
  const lines = new Lines({ policy: NOBODY, lookup: async () => [], receiverPort: undefined });
  const endpoint = lines.of(aConfiguration());
  const calls: (Line | null)[] = [];
  const take = () => Promise.resolve(endpoint.acquire(PATIENCE_MS)).then((line) => calls.push(line));
  for (let line = 0; line < LINES; line++) await take();
  for (let other = 0; other < ahead; other++) void take();
  const end = (count: number) => {
    for (const line of calls.splice(0, count)) if (line) endpoint.release(line);
  };
  return { waiting: Promise.resolve(endpoint.acquire(PATIENCE_MS)), end };
}

test("a delivery waits only a moment for an endpoint whose calls take longer than that", async () => {
  const { waiting, end } = await crowded(LINES);
  await vi.advanceTimersByTimeAsync(PATIENCE_MS - 1);
  end(LINES - 1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await waiting).toBeNull();
});

test("a delivery goes on waiting in a long line that moves", async () => {
  const { waiting, end } = await crowded(2 * LINES);
  for (let period = 0; period < 2; period++) {
    await vi.advanceTimersByTimeAsync(PATIENCE_MS - 1);
    end(LINES);
    await vi.advanceTimersByTimeAsync(1);
  }
  end(1);
  expect(await waiting).not.toBeNull();
});
