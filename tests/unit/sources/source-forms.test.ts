import { expect, test } from "vitest";
import { formatId, newId } from "../../../lib/ids.ts";
import { changedSourceFrom, formNameOf, newSourceFrom, sourceEdit, sourceForm } from "../../../lib/sources/forms.ts";
import { formFields } from "../../../lib/web/form-fields.ts";

/** As a browser sends the form of a new source that nobody touched. */
const UNTOUCHED = {
  provider: "stripe",
  name: "Stripe",
  secret: "",
  typePrefix: "stripe",
  customerAt: "",
  "typeMap.theirs": "",
  "typeMap.ours": "",
  allowCidrs: "",
  rateLimit: "",
  forwardHeaders: "",
  answerStatus: "200",
  "answerHeaders.name": "",
  "answerHeaders.value": "",
  answerBody: "",
  syncEndpoint: "",
  syncSeconds: "2.5",
  syncHeaders: "",
  description: "",
};

function fieldsOf(fields: Record<string, string | string[]>, schema: typeof sourceForm | typeof sourceEdit) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...UNTOUCHED, ...fields })) {
    for (const one of [value].flat()) form.append(name, one);
  }
  return formFields(form, schema);
}

const made = (fields: Record<string, string | string[]> = {}) =>
  newSourceFrom(sourceForm.parse(fieldsOf(fields, sourceForm)));

test("a form that nobody touched makes a source with nothing special about it", () => {
  expect(made().data).toMatchObject({
    secrets: [],
    config: {},
    answer: null,
    sync: null,
    rateLimit: null,
    customerAt: null,
    typeMap: [],
    typePrefix: "stripe",
  });
  expect(made({ typePrefix: "" }).data?.typePrefix).toBe("");
});

test("lists come as lines, pairs as rows, and a chosen endpoint as its id", () => {
  const id = newId();
  const { data } = made({
    allowCidrs: "203.0.113.0/24\n198.51.100.7",
    "typeMap.theirs": ["invoice.paid", ""],
    "typeMap.ours": ["billing.paid", ""],
    "answerHeaders.name": ["content-type"],
    "answerHeaders.value": ["text/xml"],
    syncEndpoint: formatId("ep", id),
    syncSeconds: "2",
    syncHeaders: "x-one, x-two",
  });
  expect(data).toMatchObject({
    allowCidrs: ["203.0.113.0/24", "198.51.100.7/32"],
    typeMap: [{ theirs: "invoice.paid", ours: "billing.paid" }],
    answer: { status: 200, headers: [{ name: "content-type", value: "text/xml" }], body: "" },
    sync: { endpoint: id, timeoutMs: 2_000, headers: ["x-one", "x-two"] },
  });
});

test("only the settings that the provider looks at are kept", () => {
  const fields = {
    typeAt: "event.name",
    header: "x-token",
    "signature.header": "X-Sig",
    "signature.algorithm": "sha512",
  };
  expect(made(fields).data?.config).toEqual({});
  expect(made({ ...fields, provider: "bearer" }).data?.config).toEqual({ typeAt: "event.name", header: "x-token" });
  expect(made({ ...fields, provider: "hmac" }).data?.config).toEqual({
    typeAt: "event.name",
    signature: { header: "x-sig", algorithm: "sha512", encoding: "hex" },
  });
  const jwt = made({ provider: "jwt", "jwt.algorithms": ["RS256", "ES256"], "jwt.issuer": "acme" });
  expect(jwt.data?.config).toEqual({ token: { algorithms: ["RS256", "ES256"], issuer: "acme" } });
});

test("a change is read like a new source, without secrets", () => {
  const { source: _, ...form } = sourceEdit.parse(
    fieldsOf({ source: formatId("src", newId()), name: "Cards" }, sourceEdit),
  );
  const { data } = changedSourceFrom("stripe", form);
  expect(data).toMatchObject({ name: "Cards", config: {} });
  expect(data).not.toHaveProperty("secrets");
});

test("a mistake is told at the input it was made in", () => {
  const problem = made({ secret: "sk_live_abc" }).error?.issues[0];
  expect(formNameOf(problem?.path.map(String).join(".") ?? "")).toBe("secret");
  expect(formNameOf("config.signature.timestampHeader")).toBe("signature");
  expect(formNameOf("config.token.algorithms")).toBe("jwt");
  expect(formNameOf("config.typeAt")).toBe("typeAt");
  expect(formNameOf("sync.endpoint")).toBe("syncEndpoint");
  expect(formNameOf("answer.headers.0.name")).toBe("answerHeaders");
  expect(formNameOf("name")).toBe("name");
});
