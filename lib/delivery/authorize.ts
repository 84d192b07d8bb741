import type { Authentication } from "../endpoints/authentication.ts";
import type { CallResult, Headers } from "./call.ts";
import type { Configuration } from "./configuration.ts";
import type { Send } from "./send.ts";

/** What every call to the outside goes through. */
export type Postman = { send: Send; stopped: AbortSignal };

/** With its look-up; the delivery's own time begins after it. */
const TOKEN_TIMEOUT_MS = 10_000;
/** A token is not used in its last seconds: it has to live until the receiver has looked at it. */
const MARGIN_MS = 30_000;
/** Of a token server that does not say how long its tokens live; a 401 replaces them before. */
const UNSAID_LIFE_MS = 600_000;
const LONGEST_LIFE_MS = 86_400_000;

type OAuth2 = Extract<Authentication, { type: "oauth2" }>;
type Grant = { token: string; until: number };
type Refusal = { problem: string };

/** What the header says, or why nothing can be said. `refreshable`: a token of before, which may have been revoked since. */
export type Authorization = { header: string | null; refreshable: boolean } | Refusal;

/** The value of `authorization` for an endpoint. A token is kept until it ends; deliveries that need one wait for the same. */
export async function authorize(
  configuration: Configuration,
  postman: Postman,
  refused: string | null = null,
): Promise<Authorization> {
  const { authentication } = configuration;
  if (!authentication) return { header: null, refreshable: false };
  if (authentication.type === "bearer") return { header: `Bearer ${authentication.token}`, refreshable: false };
  if (authentication.type === "basic") {
    const pair = Buffer.from(`${authentication.username}:${authentication.password}`).toString("base64");
    return { header: `Basic ${pair}`, refreshable: false };
  }
  const kept = keptGrant(configuration);
  if (kept && kept.token !== refused) return { header: `Bearer ${kept.token}`, refreshable: true };
  const grant = await newGrant(configuration, authentication, postman);
  return "problem" in grant ? grant : { header: `Bearer ${grant.token}`, refreshable: false };
}

/** Tokens live as long as the configuration they belong to: a changed endpoint asks for a new one. */
const grants = new WeakMap<Configuration, Grant>();
const asking = new WeakMap<Configuration, Promise<Grant | Refusal>>();

function keptGrant(configuration: Configuration): Grant | null {
  const grant = grants.get(configuration);
  return grant && grant.until > Date.now() ? grant : null;
}

function newGrant(configuration: Configuration, client: OAuth2, postman: Postman): Promise<Grant | Refusal> {
  const running = asking.get(configuration);
  if (running) return running;
  const started = ask(configuration, client, postman).finally(() => asking.delete(configuration));
  asking.set(configuration, started);
  void started.then((grant) => {
    if ("token" in grant) grants.set(configuration, grant);
    else grants.delete(configuration);
  });
  return started;
}

async function ask(
  { endpointId, version }: Configuration,
  client: OAuth2,
  { send, stopped }: Postman,
): Promise<Grant | Refusal> {
  const url = new URL(client.tokenUrl);
  const fields = new URLSearchParams({
    grant_type: "client_credentials",
    ...(client.scope && { scope: client.scope }),
    ...(client.audience && { audience: client.audience }),
    ...(client.clientAuthentication === "body" && { client_id: client.clientId, client_secret: client.clientSecret }),
  });
  const headers: Headers = [
    ["content-type", "application/x-www-form-urlencoded"],
    ["accept", "application/json"],
    ["accept-encoding", "identity"],
  ];
  if (client.clientAuthentication === "header") headers.push(["authorization", clientHeader(client)]);
  const result = await send({
    // Lines of its own, through the same guard as any delivery.
    target: {
      endpointId: `${endpointId}:token`,
      version,
      url,
      builtIn: false,
      method: "POST",
      timeoutMs: TOKEN_TIMEOUT_MS,
      expectedStatuses: [200],
    },
    headers,
    body: Buffer.from(fields.toString()),
    signal: stopped,
  });
  return result ? grantOf(result, url.host) : { problem: `The token server ${url.host} has no connection free` };
}

/** RFC 6749 §2.3.1: both are written as form fields are before they are joined. */
function clientHeader({ clientId, clientSecret }: OAuth2): string {
  const encoded = [clientId, clientSecret].map((part) => new URLSearchParams([["", part]]).toString().slice(1));
  return `Basic ${Buffer.from(encoded.join(":")).toString("base64")}`;
}

/** Nothing of the answer but a known error's name is repeated: it may hold what was sent, or a token. */
function grantOf(result: CallResult, host: string): Grant | Refusal {
  const answer = parsed(result.responseBody);
  if (result.outcome !== "success") {
    const error = typeof answer.error === "string" && /^[a-z_]{1,50}$/.test(answer.error) ? `: ${answer.error}` : "";
    const fact = result.statusCode === null ? result.detail : `It answered ${result.statusCode}${error}`;
    return { problem: `No access token from ${host}. ${fact}` };
  }
  const { access_token: token, token_type: type, expires_in: seconds } = answer;
  if (typeof token !== "string" || !/^[\x21-\x7e]{1,16384}$/.test(token)) {
    return { problem: `No access token from ${host}. Its answer has no access_token` };
  }
  if (typeof type === "string" && type.toLowerCase() !== "bearer") {
    return { problem: `The token server ${host} gives tokens that are not of the type Bearer` };
  }
  return { token, until: Date.now() + lifeMs(Number(seconds)) };
}

function lifeMs(seconds: number): number {
  if (!(seconds > 0)) return UNSAID_LIFE_MS;
  const life = Math.min(seconds * 1_000, LONGEST_LIFE_MS);
  return Math.max(life - MARGIN_MS, life / 2);
}

function parsed(body: Buffer | null): Record<string, unknown> {
  try {
    const answer: unknown = JSON.parse(body?.toString() ?? "");
    return typeof answer === "object" && answer !== null ? { ...answer } : {};
  } catch {
    // Not JSON: it has none of the fields that are looked for.
    return {};
  }
}
