import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { openApiDocument } from "../../lib/api/openapi.ts";
import { ROUTES } from "../../lib/api/routes.ts";
import { callApi } from "../support/api.ts";
import { testDatabase } from "../support/database.ts";

await testDatabase();

test("the OpenAPI document passes the recommended rules of its linter", async () => {
  const config = await createConfig({ extends: ["recommended"] });
  const problems = await lintFromString({
    source: JSON.stringify(openApiDocument()),
    absoluteRef: "openapi.json",
    config,
  });
  const found = problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer})`);
  expect(found).toEqual([]);
});

test("it describes every route and posting events, and anyone may read it", async () => {
  const { status, body } = await callApi("GET", "/openapi.json");
  expect(status).toBe(200);
  for (const { path, method } of ROUTES) expect(body.paths[path]).toHaveProperty(method.toLowerCase());
  expect(body.paths["/events"]).toHaveProperty("post");
  expect(body.paths["/events/batch"]).toHaveProperty("post");
});

test("inputs are described as the API takes them, not as a form does", async () => {
  const { body } = await callApi("GET", "/openapi.json");
  const { EndpointInput, EndpointPatch, EventTypeInput } = body.components.schemas;
  expect(EndpointInput.required).toEqual(["url"]);
  expect(EndpointInput.properties.headers).toMatchObject({ type: "object", additionalProperties: { type: "string" } });
  expect(EndpointInput.properties.retrySchedule).toMatchObject({ type: ["array", "null"] });
  expect(EndpointInput.properties.subscriptions).toMatchObject({ type: "array" });
  expect(EndpointInput.additionalProperties).toBe(false);
  expect(EndpointPatch.required).toBeUndefined();
  expect(EventTypeInput.required).toEqual(["name"]);
});
