import { z } from "zod";
import { SCOPES } from "../api-keys/scopes.ts";
import { VERSION } from "../version.ts";
import { INGEST_PATHS, INGEST_SHAPES } from "./ingest-openapi.ts";
import { problemResponses } from "./openapi-problems.ts";
import type { ProblemCode } from "./problem.ts";
import type { Route, Shape } from "./route.ts";
import { ROUTES } from "./routes.ts";
import { problemShape } from "./shapes.ts";

type Json = Record<string, unknown>;

const EVERY_CALL: ProblemCode[] = ["unauthenticated", "scope_missing"];
const EVERY_BODY: ProblemCode[] = ["invalid_json", "too_large", "unsupported_media_type", "invalid_field"];

let made: Json | undefined;

/** The OpenAPI 3.1 description of the API, made from the table that calls are dispatched by. */
export function openApiDocument(): Json {
  made ??= {
    openapi: "3.1.0",
    info: {
      title: "Posthorn",
      version: VERSION,
      description: "Post events, configure who gets them, and look into what became of them.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api/v1" }],
    security: [{ apiKey: [] }],
    tags: [
      { name: "events", description: "What happened, as your apps posted it" },
      { name: "event-types", description: "Kinds of events, with schema and example" },
      { name: "endpoints", description: "URLs that events are delivered to" },
      { name: "sources", description: "URLs that other services post their webhooks to" },
      { name: "deliveries", description: "One event on its way to one endpoint" },
      { name: "requests", description: "Inbound calls to a source, kept whole with a verdict" },
    ],
    paths: paths(),
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: `An API key, ph_…. Scopes: ${scopeList()}.` },
      },
      schemas: components(),
    },
  };
  return made;
}

function scopeList(): string {
  return Object.entries(SCOPES)
    .map(([scope, words]) => `${scope} (${words.toLowerCase()})`)
    .join(", ");
}

function paths(): Json {
  const all: Record<string, Json> = structuredClone(INGEST_PATHS);
  for (const route of ROUTES) {
    all[route.path] = { ...all[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return all;
}

function operation(route: Route): Json {
  return {
    operationId: route.operation,
    summary: route.summary,
    description: `Needs the scope \`${route.scope}\`.`,
    tags: [route.path.split("/")[1]],
    parameters: [...pathParameters(route), ...queryParameters(route)],
    ...(route.body && {
      requestBody: { required: isRequired(route.body), content: jsonContent(reference(route.body)) },
    }),
    responses: { [route.answer.status]: success(route), ...problemResponses(problemsOf(route)) },
  };
}

/** Whether a call must have a body: not when an empty object is as good. */
function isRequired({ schema }: Shape): boolean {
  return !schema.safeParse({}).success;
}

function pathParameters({ params }: Route): Json[] {
  return Object.entries(params).map(([name, kind]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
    description: kind === "name" ? "The name" : `An id that starts with ${kind}_`,
  }));
}

function queryParameters({ query }: Route): Json[] {
  return Object.entries(query?.shape ?? {}).map(([name, schema]) => {
    const { description, ...described } = describe(schema as z.ZodType, "input");
    return { name, in: "query", required: false, schema: described, ...(description ? { description } : {}) };
  });
}

function success({ answer }: Route): Json {
  if (answer.bytes) return { description: "The bytes as they came", content: { "application/octet-stream": {} } };
  if (!answer.shape) return { description: "Done" };
  const shape = reference(answer.shape);
  if (!answer.list) return { description: "Done", content: jsonContent(shape) };
  const cursor = { type: ["string", "null"], description: "A cursor, or null at the end" };
  const properties = { data: { type: "array", items: shape }, next: cursor, previous: cursor };
  return {
    description: "A page",
    content: jsonContent({ type: "object", required: Object.keys(properties), properties }),
  };
}

function problemsOf(route: Route): ProblemCode[] {
  const notYet: ProblemCode[] = route.notYet ? ["not_supported_yet"] : [];
  return [...EVERY_CALL, ...(route.body ? EVERY_BODY : []), ...notYet, ...route.problems];
}

function components(): Json {
  const inputs = [...ROUTES.flatMap(({ body }) => body ?? []), ...INGEST_SHAPES.inputs];
  const answers = [...ROUTES.flatMap(({ answer }) => answer.shape ?? []), ...INGEST_SHAPES.answers, problemShape];
  return Object.fromEntries([
    ...inputs.map(({ name, schema }) => [name, describe(schema, "input")]),
    ...answers.map(({ name, schema }) => [name, describe(schema, "output")]),
  ]);
}

/** A schema as JSON Schema. `meta({ openapi })` says it in other words where a form's needs show through. */
function describe(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...described } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      const said = jsonSchema.openapi;
      if (typeof said === "object" && said !== null) {
        for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
        Object.assign(jsonSchema, said);
      }
      // Answers may grow: a client must not refuse a field it does not know.
      if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      delete jsonSchema.secret;
    },
  });
  return described;
}

function reference({ name }: Shape): Json {
  return { $ref: `#/components/schemas/${name}` };
}

function jsonContent(schema: Json): Json {
  return { "application/json": { schema } };
}
