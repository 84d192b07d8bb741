import { authenticate } from "../api-keys/authenticate.ts";
import type { Author } from "../audit/record.ts";
import { isDatabaseAway } from "../db-errors.ts";
import { parseId } from "../ids.ts";
import { errorFields, log } from "../log.ts";
import { readJsonBody } from "./body.ts";
import { bodyRefusal, queryRefusal } from "./issues.ts";
import { openApiDocument } from "./openapi.ts";
import { PROBLEM_CONTENT_TYPE, problem, type Refusal, refusal } from "./problem.ts";
import { type Answer, isRefusal, type Route } from "./route.ts";
import { ROUTES } from "./routes.ts";

const PREFIX = "/api/v1";
const RETRY_AFTER_SECONDS = 1;
const NOTHING_HERE = refusal("not_found", "There is nothing at this address: see /api/v1/openapi.json");
const AWAY = refusal("unavailable", "The database is away: try again in a moment");
const INTERNAL = refusal("internal", "Something went wrong on our side: report it with the request id");

type Origin = { requestId: string; address: string | null };

/** Answers a call of the REST API, whatever happens. */
export async function answerApi(request: Request, origin: Origin): Promise<Response> {
  try {
    return await dispatch(request, origin);
  } catch (error) {
    // The database is away, or a fault of ours: the caller hears which, the log hears why.
    log("error", "api", { ...errorFields(error), requestId: origin.requestId });
    return refuse(isDatabaseAway(error) ? AWAY : INTERNAL, origin);
  }
}

async function dispatch(request: Request, origin: Origin): Promise<Response> {
  const url = new URL(request.url);
  const path = url.pathname.slice(PREFIX.length).replace(/\/$/, "");
  if (path === "/openapi.json" && request.method === "GET") return jsonResponse(200, openApiDocument());
  const matching = ROUTES.flatMap((route) => {
    const params = match(route, path);
    return params ? [{ route, params }] : [];
  });
  if (matching.length === 0) return refuse(NOTHING_HERE, origin);
  const method = request.method === "HEAD" ? "GET" : request.method;
  const found = matching.find(({ route }) => route.method === method);
  if (!found)
    return refuseMethod(
      matching.map(({ route }) => route),
      origin,
    );
  const answer = await call(request, url, found.route, found.params, origin);
  return isRefusal(answer) ? refuse(answer, origin) : respond(found.route, answer);
}

/** The raw parameters of a path that has this route's form. */
function match(route: Route, path: string): Record<string, string> | null {
  const [wanted, given] = [route.path.split("/"), path.split("/")];
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = given[at] ?? "";
    if (!part.startsWith("{")) {
      if (part !== value) return null;
    } else {
      if (value === "") return null;
      params[part.slice(1, -1)] = value;
    }
  }
  return params;
}

async function call(
  request: Request,
  url: URL,
  route: Route,
  rawParams: Record<string, string>,
  { address }: Origin,
): Promise<Answer | Refusal> {
  const caller = await authenticate(request.headers.get("authorization"), route.scope, { address });
  if (!caller.ok) return refusal(caller.code, caller.detail);
  const params = readParams(route, rawParams);
  if (!params) return refusal("not_found", "There is nothing with this id");
  const asked = route.query?.safeParse(Object.fromEntries(url.searchParams));
  if (asked?.success === false) return queryRefusal(asked.error);
  const author: Author = { ...caller.author, address };
  const common = { workspaceId: caller.workspaceId, author, scopes: caller.scopes, params, query: asked?.data };
  if (!route.body) return route.handle({ ...common, body: undefined });
  const read = await readJsonBody(request);
  if (!read.ok) return read.refusal;
  const body = route.body.schema.safeParse(read.value);
  return body.success
    ? route.handle({ ...common, body: body.data })
    : bodyRefusal(body.error, read.value, route.notYet);
}

/** Ids as the database has them; null when one is not an id of its kind, which nothing can have. */
function readParams(route: Route, raw: Record<string, string>): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [name, text] of Object.entries(raw)) {
    const kind = route.params[name] ?? "name";
    const value = kind === "name" ? text : parseId(kind, text);
    if (value === null) return null;
    params[name] = value;
  }
  return params;
}

/** Somebody else's bytes: an app may have them as they came, a browser must never show them. */
const BYTES = {
  "content-type": "application/octet-stream",
  "content-disposition": "attachment",
  "content-security-policy": "sandbox; default-src 'none'",
};

function respond(route: Route, { body, verbatim = {}, location, bytes: whole }: Answer): Response {
  if (whole) return new Response(new Uint8Array(whole), { status: route.answer.status, headers: headers(BYTES) });
  if (!body) return new Response(null, { status: route.answer.status, headers: headers() });
  const extra: Record<string, string> = location ? { location } : {};
  const names = Object.entries(verbatim);
  if (names.length === 0) return jsonResponse(route.answer.status, body, extra);
  // The fields follow the others; an answer is never empty, so there is always a comma before them.
  const parts = names.flatMap(([name, bytes]) => [Buffer.from(`,${JSON.stringify(name)}:`), bytes]);
  const bytes = Buffer.concat([Buffer.from(JSON.stringify(body).slice(0, -1)), ...parts, Buffer.from("}")]);
  return new Response(new Uint8Array(bytes), { status: route.answer.status, headers: headers(extra) });
}

function refuseMethod(routes: Route[], origin: Origin): Response {
  const allowed = routes.map((route) => route.method).join(", ");
  const refused = refuse(refusal("method_not_allowed", `This address takes ${allowed}`), origin);
  refused.headers.set("allow", allowed);
  return refused;
}

function refuse(why: Refusal, { requestId }: Origin): Response {
  const body = problem(why, requestId);
  const response = jsonResponse(body.status, body, { "content-type": PROBLEM_CONTENT_TYPE, "request-id": requestId });
  if (body.status === 503) response.headers.set("retry-after", String(RETRY_AFTER_SECONDS));
  if (body.status === 401) response.headers.set("www-authenticate", "Bearer");
  return response;
}

function jsonResponse(status: number, body: object, extra: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: headers(extra) });
}

function headers(extra: Record<string, string> = {}): Record<string, string> {
  return {
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...extra,
  };
}
