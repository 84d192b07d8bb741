import { z } from "zod";

/** A wrong or missing environment variable. The message names it and says what to do. */
export class EnvironmentError extends Error {
  override name = "EnvironmentError";
}

const CIDR = /^[0-9a-fA-F:.]+\/\d{1,3}$/;

const list = z
  .string()
  .default("")
  .transform((text) => text.split(",").flatMap((part) => (part.trim() ? [part.trim()] : [])));

const port = z.coerce.number().int().min(0).max(65_535);
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, "must start with postgres://");

export const environmentSchema = z.object({
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_DIRECT_URL: postgresUrl.optional(),
  DATA_DIR: z.string().min(1).default(".data"),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: port.default(3000),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "must be an absolute http(s) URL, such as https://hooks.example.com" })
    .transform((url) => url.replace(/\/+$/, ""))
    .optional(),
  AUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  ENCRYPTION_KEY: z
    .string()
    .regex(
      /^[a-z0-9]{1,16}:[A-Za-z0-9+/]{43}=(,[a-z0-9]{1,16}:[A-Za-z0-9+/]{43}=)*$/,
      "must be id:base64 of 32 bytes, several separated by commas, the active one first",
    )
    .optional(),
  SIGN_UP: z.enum(["first", "open", "closed"]).default("first"),
  ADMIN_EMAIL: z.email("must be an e-mail address").optional(),
  ADMIN_PASSWORD: z.string().min(10, "must have at least 10 characters").optional(),
  ADMIN_API_KEY: z
    .string()
    .regex(/^ph_[A-Za-z0-9]{24,64}$/, "must be ph_ and 24 to 64 letters or digits")
    .optional(),
  DELIVERY_ALLOW_CIDRS: list.refine((cidrs) => cidrs.every((cidr) => CIDR.test(cidr)), {
    message: "must be CIDR ranges separated by commas, such as 10.0.0.0/8",
  }),
  WORKERS: z.coerce.number().int().min(0).max(64).default(1),
  DELIVERY_CONCURRENCY: z.coerce.number().int().min(1).max(5_000).default(400),
  /** Connections a process keeps for its hot path; it has up to nine more for pages, queue and locks. */
  DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(8),
  RETENTION_DAYS: z.coerce.number().int().min(1).max(3_650).default(30),
  /** The loopback port of the built-in receiver: the supervisor's choice, unless web and worker are started apart. */
  RECEIVER_PORT: port.optional(),
});

export type Environment = z.infer<typeof environmentSchema>;

/** Parses an environment; empty strings count as unset. Throws an EnvironmentError that names every wrong variable. */
export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new EnvironmentError(
    parsed.error.issues.map((issue) => `${issue.path.join(".")} ${sentence(issue.message)}`).join("\n"),
  );
}

function sentence(message: string): string {
  return message.startsWith("must") ? message : `is wrong: ${message}`;
}

let cached: Environment | undefined;

/** This process's environment, parsed once. */
export function env(): Environment {
  cached ??= parseEnvironment(process.env);
  return cached;
}

/** The origin that links are built from: `PUBLIC_URL`, else the address we listen on. A request's Host never matters. */
export function publicUrl({ PUBLIC_URL, HOST, PORT }: Environment = env()): string {
  if (PUBLIC_URL) return PUBLIC_URL;
  const host = HOST === "0.0.0.0" || HOST === "::" ? "localhost" : HOST.includes(":") ? `[${HOST}]` : HOST;
  return `http://${host}:${PORT}`;
}

/** Whether a listen address can be reached from this machine alone. */
export function isLoopbackHost(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}
