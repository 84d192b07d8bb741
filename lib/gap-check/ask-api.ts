import { checkUrl } from "../delivery/address-policy.ts";
import { askService } from "../delivery/ask-service.ts";
import type { CallResult } from "../delivery/call.ts";

/** Why an API gave no answer, in a sentence for the person who set the check up. Nothing of its answer is repeated. */
export class ApiProblem extends Error {
  override name = "ApiProblem";
  /** The API asks for patience until then. */
  readonly retryAt: Date | null;

  constructor(message: string, retryAt: Date | null = null) {
    super(message);
    this.retryAt = retryAt;
  }
}

export type ApiAnswer = { body: Buffer; header: (name: string) => string | null };
export type Ask = (path: string, method?: "GET" | "POST") => Promise<ApiAnswer>;

type Api = { label: string; base: string; token: string; headers: [string, string][]; signal?: AbortSignal };

const TIMEOUT_MS = 20_000;
/** A hundred events with all that belongs to them. */
const MOST_BYTES = 16 * 1_024 * 1_024;
const LONGEST_PAUSE_MS = 24 * 3_600_000;
const USUAL_PAUSE_MS = 60_000;

/** Calls of one API with one token, through the guard that every delivery goes through. */
export function askApi({ label, base, token, headers, signal }: Api): Ask {
  return async (path, method = "GET") => {
    const checked = checkUrl(base.replace(/\/+$/, "") + path);
    if (!checked.ok) throw new ApiProblem(`The address of the API is not usable: ${checked.problem}`);
    const answer = await askService({
      url: checked.url,
      method,
      headers: [...headers, ["authorization", `Bearer ${token}`]],
      timeoutMs: TIMEOUT_MS,
      mostBytes: MOST_BYTES,
      ...(signal && { signal }),
    });
    const { host } = checked.url;
    if (!answer) throw new ApiProblem(`Too many calls to ${host} are under way`);
    if (answer.outcome !== "success") throw problemOf(label, host, answer);
    if (answer.responseCut) throw new ApiProblem(`${host} did not send its answer to the end`);
    return { body: answer.responseBody ?? Buffer.alloc(0), header: (name) => headerOf(answer, name) };
  };
}

function problemOf(label: string, host: string, answer: CallResult): ApiProblem {
  const { statusCode, detail } = answer;
  if (statusCode === null) return new ApiProblem(`${host} could not be asked: ${detail ?? "no answer"}`);
  const retryAt = pauseOf(answer, Date.now());
  if (retryAt) return new ApiProblem(`${label} takes no more calls with this token for now`, retryAt);
  return new ApiProblem(SENTENCES[statusCode]?.(label) ?? `${host} answered ${statusCode}`);
}

const SENTENCES: Record<number, (label: string) => string> = {
  401: (label) => `${label} does not accept the token: it was revoked, has expired, or was not copied whole`,
  403: (label) => `${label} does not let this token read what was sent: give it the permission named beside its field`,
  404: (label) => `${label} finds nothing there: check what is asked about, and that the token may see it`,
};

/** Until when an API that says it had enough wants to be left alone; null when it does not say so. */
export function pauseOf(answer: Pick<CallResult, "statusCode" | "responseHeaders">, now: number): Date | null {
  const { statusCode } = answer;
  const after = Number(headerOf(answer, "retry-after") ?? Number.NaN);
  const spent = headerOf(answer, "x-ratelimit-remaining") === "0";
  if (statusCode !== 429 && !(statusCode === 403 && (spent || after > 0))) return null;
  const reset = Number(headerOf(answer, "x-ratelimit-reset") ?? Number.NaN) * 1_000 - now;
  const asked = after > 0 ? after * 1_000 : spent && reset > 0 ? reset : USUAL_PAUSE_MS;
  return new Date(now + Math.min(asked, LONGEST_PAUSE_MS));
}

function headerOf({ responseHeaders }: Pick<CallResult, "responseHeaders">, name: string): string | null {
  return responseHeaders?.find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
}
