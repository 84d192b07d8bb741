import fs from "node:fs";

const FILES = ["node_modules/postgres/src/connection.js", "node_modules/postgres/cjs/src/connection.js"];
const BROKEN = `  function execute(q) {
    if (terminated)`;
const MENDED = `  function execute(q) {
    if (!socket || socket.destroyed)
      return queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true

    if (terminated)`;

/** What an earlier version of this file made of it. */
const HALF_MENDED = MENDED.replace(" || socket.destroyed", "");

/**
 * postgres.js 3.4.9 writes the rollback of a transaction whose connection was lost to a socket that is gone, and that
 * ends the process: https://github.com/porsager/postgres/issues/1208. And what is asked for between a connection's error
 * and its close is written to the dead socket and never ends. Until a release refuses both, this does.
 */
export function mendPostgres() {
  for (const file of FILES) {
    const code = fs.readFileSync(file, "utf8");
    const found = [BROKEN, HALF_MENDED].find((text) => code.includes(text));
    if (!found) continue;
    // A file of its own, at once: another start may be reading it, and package managers share files between projects.
    const draft = `${file}.${process.pid}`;
    fs.writeFileSync(draft, code.replace(found, MENDED));
    fs.renameSync(draft, file);
  }
}
