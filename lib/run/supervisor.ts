import { type Environment, EnvironmentError } from "../env.ts";
import { keptSecrets, readConfiguration } from "./configuration.ts";
import { takeDataFolder } from "./data-folder.ts";
import { keepDatabase } from "./database.ts";
import type { Kept } from "./keep-running.ts";
import { freePort, whyNotListen } from "./ports.ts";
import { keepProduct, type Mode, type Part, startPreparing } from "./product.ts";

/** Name look-ups, file access and password hashes share the pool; a few black-holed names must not stop the rest. */
const THREADS = "32";

/** What runs, in the order it was started. It is stopped from the end; what stands together stops together. */
const stages: Kept[][] = [];
let stopping: Promise<never> | null = null;

const voice = {
  say: (line: string) => void process.stdout.write(`${line}\n`),
  giveUp(sentence: string) {
    console.error(sentence);
    void stop(1);
  },
};

function stop(exitCode: number): Promise<never> {
  process.exitCode ||= exitCode;
  stopping ??= stopAll();
  return stopping;
}

async function stopAll(): Promise<never> {
  for (let stage = stages.pop(); stage; stage = stages.pop()) await Promise.all(stage.map((kept) => kept.stop()));
  process.exit();
}

/** Notes what has just been started, so that it is stopped in its turn; at once when the stop came first. */
async function started(...stage: Kept[]): Promise<void> {
  if (!stopping) return void stages.push(stage);
  await Promise.all(stage.map((kept) => kept.stop()));
  await stopping;
}

/** `supervisor.ts` runs everything, `supervisor.ts web` and `supervisor.ts worker` a part of it. */
const COMMANDS: Record<string, { mode: Mode; parts: Part[] }> = {
  start: { mode: "production", parts: ["web", "worker"] },
  dev: { mode: "development", parts: ["web", "worker"] },
  web: { mode: "production", parts: ["web"] },
  worker: { mode: "production", parts: ["worker"] },
};

async function run(command = "start"): Promise<void> {
  const { mode, parts } = COMMANDS[command] ?? {};
  if (!mode || !parts) throw new EnvironmentError(`There is no "${command}": ${Object.keys(COMMANDS).join(", ")}`);
  const given = readConfiguration(process.env);
  refuseHalf(parts, given);
  const folder = given.DATABASE_URL ? null : takeDataFolder(given.DATA_DIR);
  if (folder) await started({ stop: async () => folder.release() });
  const environment = parts.includes("web") ? await withPort(given) : given;
  const database = given.DATABASE_URL ? null : await keepDatabase(given, voice);
  if (database) await started(database);
  const processEnvironment: NodeJS.ProcessEnv = {
    ...process.env,
    UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? THREADS,
    NEXT_TELEMETRY_DISABLED: "1",
    NODE_ENV: mode,
    PORT: String(environment.PORT),
    ...(database && { DATABASE_URL: database.url, ...keptSecrets(given) }),
    RECEIVER_PORT: String(given.RECEIVER_PORT ?? (await freePort())),
  };
  const setUpLink = await prepare(mode, processEnvironment);
  const product = await keepProduct(mode, parts, environment, processEnvironment, voice);
  await started(...product.kept);
  if (!parts.includes("web")) return voice.say(`${environment.WORKERS} Posthorn workers are running`);
  const url = await product.url;
  folder?.tell(url);
  voice.say(`Posthorn is running at ${url}`);
  if (setUpLink) voice.say(`Nobody has signed up yet. Make the first account here: ${setUpLink}`);
}

/** Half of it alone is of use to others only: they must be able to reach its database. */
function refuseHalf(parts: Part[], { DATABASE_URL, WORKERS }: Environment): void {
  if (parts.length === 2) return;
  const [part] = parts;
  if (!DATABASE_URL) {
    throw new EnvironmentError(
      `npm run ${part} is a part of a Posthorn on several machines: set DATABASE_URL to the database they share, or use npm start`,
    );
  }
  if (part === "worker" && WORKERS === 0) throw new EnvironmentError("npm run worker with WORKERS=0 runs nothing");
}

/** The environment with the port that will be used; 0 asks for any free one. */
async function withPort(environment: Environment): Promise<Environment> {
  const { HOST, PORT } = environment;
  if (PORT === 0) return { ...environment, PORT: await freePort(HOST) };
  const why = await whyNotListen(HOST, PORT);
  if (why === "EADDRINUSE") {
    throw new EnvironmentError(`Port ${PORT} is taken. Free it, or start on another one: PORT=${PORT + 1} npm start`);
  }
  if (why) throw new EnvironmentError(`Posthorn cannot listen on ${HOST}, port ${PORT} (${why}): set HOST and PORT.`);
  return environment;
}

/** Migrates. Returns the link for the first sign-up, when one is needed. */
async function prepare(mode: Mode, environment: NodeJS.ProcessEnv): Promise<string | null> {
  const preparing = startPreparing(mode, environment);
  await started(preparing);
  const { reason, message } = await preparing.answer;
  if (stopping) return stopping;
  stages.pop();
  if (message?.type === "prepared") return message.setUpLink;
  throw new EnvironmentError(
    message?.type === "refused" ? message.sentence : `The database could not be prepared (${reason}): see above.`,
  );
}

// Whoever started this with a channel (the tests) does not leave it behind by dying.
process.on("disconnect", () => void stop(0));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
try {
  await run(process.argv[2]);
} catch (error) {
  console.error(error instanceof EnvironmentError ? error.message : error);
  await stop(1);
}
