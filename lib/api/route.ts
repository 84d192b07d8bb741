import type { z } from "zod";
import type { Scope } from "../api-keys/scopes.ts";
import type { Author } from "../audit/record.ts";
import type { IdPrefix } from "../ids.ts";
import type { ProblemCode, Refusal } from "./problem.ts";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** A schema with the name it has in the OpenAPI document. */
export type Shape = { name: string; schema: z.ZodType };

/** What a handler is given: who calls, and what they ask for, checked. Ids in `params` are database ids. */
export type Call<Query, Body> = {
  workspaceId: string;
  author: Author;
  /** What else the caller's key may do. */
  scopes: readonly Scope[];
  params: Record<string, string>;
  query: Query;
  body: Body;
};

/**
 * `verbatim` are fields whose value is JSON text already, to be answered byte for byte; `bytes` are the whole answer, of
 * a route that says so.
 */
export type Answer = { body?: object; verbatim?: Record<string, Buffer>; location?: string; bytes?: Buffer };
export type Handle<Query, Body> = (call: Call<Query, Body>) => Promise<Answer | Refusal>;

/** One row of the table that calls are dispatched by and the OpenAPI document is made from. */
export type Route = {
  method: Method;
  /** Below /api/v1, with parameters in braces. */
  path: string;
  operation: string;
  summary: string;
  scope: Scope;
  /** What the parameters of the path are: ids of a kind, or a name. */
  params: Record<string, IdPrefix | "name">;
  query?: z.ZodObject;
  body?: Shape;
  /** Fields that a later capability will honour: known, and refused until then. */
  notYet?: readonly string[];
  answer: { status: 200 | 201 | 202 | 204; shape?: Shape; list?: boolean; bytes?: true };
  /** What can go wrong beyond what can in every call. */
  problems: readonly ProblemCode[];
  handle: Handle<unknown, unknown>;
};

type Definition<Query extends z.ZodObject, Body extends Shape> = Omit<Route, "query" | "body" | "handle"> & {
  query?: Query;
  body?: Body;
  handle: Handle<z.infer<Query>, z.infer<Body["schema"]>>;
};

/** Ties a handler's types to its schemas; the router calls it with nothing else than what they gave. */
export function route<Query extends z.ZodObject, Body extends Shape>(definition: Definition<Query, Body>): Route {
  return definition as unknown as Route;
}

export function isRefusal(result: Answer | Refusal): result is Refusal {
  return "code" in result;
}
