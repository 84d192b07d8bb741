import type { Environment } from "../env.ts";
import { type Kept, keepRunning } from "./keep-running.ts";
import { restartOnChange } from "./restart-on-change.ts";
import { type Message, startProcess } from "./start-process.ts";

export type Mode = "production" | "development";
/** What one machine may run alone, beside others on the same database. */
export type Part = "web" | "worker";
export type Voice = { say: (line: string) => void; giveUp: (sentence: string) => void };

/** Bundled in production, the sources themselves in development. */
const SCRIPTS = {
  production: { web: "dist/server.mjs", worker: "dist/worker.mjs", prepare: "dist/prepare.mjs" },
  development: { web: "lib/web/server.ts", worker: "lib/worker/main.ts", prepare: "lib/run/prepare.ts" },
} as const;

/** Short-lived garbage of thousands of calls a second: V8's own choice lets it grow to 130 MB before it looks. */
export const NODE_FLAGS = "--max-semi-space-size=16";

/** Web and workers, each kept running. `url` is there once the web process answers. */
export async function keepProduct(
  mode: Mode,
  parts: Part[],
  { WORKERS }: Environment,
  environment: NodeJS.ProcessEnv,
  voice: Voice,
): Promise<{ kept: Kept[]; url: Promise<string> }> {
  const { web, worker } = SCRIPTS[mode];
  const { promise: url, resolve } = Promise.withResolvers<string>();
  const onMessage = (message: Message) => message.type === "ready" && resolve(message.url);
  const withFlags = { ...environment, NODE_OPTIONS: `${environment.NODE_OPTIONS ?? ""} ${NODE_FLAGS}`.trim() };
  const startWorker = () => startProcess(worker, withFlags);
  const keepWeb = () =>
    keepRunning({ name: "The web process", start: async () => startProcess(web, withFlags, onMessage), ...voice });
  const keepWorker = (_: unknown, slot: number) =>
    keepRunning({
      name: WORKERS === 1 ? "The worker" : `Worker ${slot + 1}`,
      start: async () => (mode === "development" ? restartOnChange("lib", () => startWorker()) : startWorker()),
      ...voice,
    });
  const kept = await Promise.all([
    ...(parts.includes("web") ? [keepWeb()] : []),
    ...(parts.includes("worker") ? Array.from({ length: WORKERS }, keepWorker) : []),
  ]);
  return { kept, url };
}

/** The process that migrates, and what it answers before it ends. */
export function startPreparing(mode: Mode, environment: NodeJS.ProcessEnv) {
  let answer: Message | undefined;
  const running = startProcess(SCRIPTS[mode].prepare, environment, (message) => {
    answer = message;
  });
  return { ...running, answer: running.ended.then((reason) => ({ reason, message: answer })) };
}
