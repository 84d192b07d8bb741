import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { holderOf, tryLock } from "../../../lib/run/file-lock.mjs";

const file = () => path.join(fs.mkdtempSync(path.join(os.tmpdir(), "posthorn-lock-")), "lock");

test("a lock is had by one, who can say where it is, and is free again when released", () => {
  const place = file();
  const first = tryLock(place);
  if (!first.held) throw new Error("not held");
  first.tell("http://127.0.0.1:3000");
  expect(tryLock(place)).toMatchObject({ held: false, holder: { pid: process.pid, url: "http://127.0.0.1:3000" } });
  first.release();
  expect(holderOf(place)).toBeNull();
  expect(tryLock(place).held).toBe(true);
});

test("a holder that died holds nothing", () => {
  const place = file();
  const script = `import { tryLock } from ${JSON.stringify(path.resolve("lib/run/file-lock.mjs"))}; tryLock(${JSON.stringify(place)})`;
  spawnSync(process.execPath, ["--input-type=module", "-e", script]);
  expect(holderOf(place)).not.toBeNull();
  expect(tryLock(place).held).toBe(true);
});

test("a later process with a dead holder's id does not hold its lock", () => {
  const place = file();
  fs.writeFileSync(place, JSON.stringify({ pid: process.pid, start: "long ago", token: "old" }));
  expect(tryLock(place).held).toBe(true);
});

test("a lock file that was cut off is taken over", () => {
  const place = file();
  fs.writeFileSync(place, "{");
  expect(tryLock(place).held).toBe(true);
});
