import { expect, test } from "vitest";
import { invitationInput, signInInput, signUpInput } from "../../../lib/accounts/input.ts";
import { apiKeyInput } from "../../../lib/api-keys/input.ts";
import { formFields } from "../../../lib/web/form-fields.ts";
import { memberRoleInput, workspaceInput } from "../../../lib/workspaces/input.ts";

function form(fields: Record<string, string | string[]>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) for (const item of [value].flat()) data.append(name, item);
  return data;
}

test("an email address is the same however it is written", () => {
  const data = form({ email: " Mara@Fieldnote.IO ", password: " a password " });
  expect(signInInput.parse(formFields(data, signInInput))).toEqual({
    email: "mara@fieldnote.io",
    password: " a password ",
  });
});

test.each(["", "mara", "mara@", "a@b", `${"a".repeat(250)}@example.com`])("%j is no email address", (email) => {
  expect(invitationInput.safeParse({ email, role: "viewer" }).success).toBe(false);
});

test("a new password has ten to two hundred characters; an old one is only bounded", () => {
  const person = { name: "Mara", email: "mara@fieldnote.io" };
  for (const password of ["short", "x".repeat(201)]) {
    expect(signUpInput.safeParse({ ...person, password }).error?.issues).toMatchObject([{ path: ["password"] }]);
  }
  expect(signInInput.safeParse({ ...person, password: "short" }).success).toBe(true);
});

test("the form of a key: ticked scopes, no end when none is chosen", () => {
  const data = form({ name: " Shop ", scopes: ["ingest", "read", "ingest"], expiresInDays: "" });
  expect(apiKeyInput.parse(formFields(data, apiKeyInput))).toEqual({ name: "Shop", scopes: ["ingest", "read"] });
  const limited = form({ name: "Shop", scopes: "ingest", expiresInDays: "90" });
  expect(apiKeyInput.parse(formFields(limited, apiKeyInput))).toMatchObject({ expiresInDays: 90 });
});

test.each([
  [{ name: "", scopes: ["ingest"] }, "name"],
  [{ name: "Shop" }, "scopes"],
  [{ name: "Shop", scopes: ["everything"] }, "scopes"],
  [{ name: "Shop", scopes: ["ingest"], expiresInDays: "0" }, "expiresInDays"],
  [{ name: "Shop", scopes: ["ingest"], expiresInDays: "soon" }, "expiresInDays"],
] as const)("the key form %j is refused at %s", (fields, field) => {
  const parsed = apiKeyInput.safeParse(formFields(form(fields as Record<string, string>), apiKeyInput));
  expect(parsed.error?.issues[0]?.path[0]).toBe(field);
});

test("an unticked box of the workspace's settings is false", () => {
  const data = form({ name: "Shop", environment: "live" });
  expect(workspaceInput.parse(formFields(data, workspaceInput))).toEqual({
    name: "Shop",
    environment: "live",
    createsEventTypes: false,
  });
  expect(workspaceInput.safeParse({ name: "Shop", environment: "staging" }).success).toBe(false);
});

test("a role outside the five is refused", () => {
  expect(memberRoleInput.safeParse({ userId: "usr_1", role: "root" }).success).toBe(false);
});
