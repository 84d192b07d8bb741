import { build } from "esbuild";

/** The processes of production and the threads beside them, each one file: unbundled, drizzle-orm alone costs 0.4 s and 180 MB a process. */
const PROCESSES = {
  server: "lib/web/server.ts",
  worker: "lib/worker/main.ts",
  "transformation-thread": "lib/transformations/thread.ts",
  "schema-thread": "lib/schemas/thread.ts",
  prepare: "lib/run/prepare.ts",
};

await build({
  entryPoints: PROCESSES,
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node22",
  external: ["@jitl/quickjs-wasmfile-release-sync", "next", "pg-boss", "@node-rs/argon2", "undici"],
  // Bundled CommonJS packages ask for Node's own modules by require.
  banner: {
    js: 'import { createRequire as makeRequire } from "node:module";const require = makeRequire(import.meta.url);',
  },
  logLevel: "warning",
});
