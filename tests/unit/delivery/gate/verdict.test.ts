import { expect, test } from "vitest";
import { isGated, verdictOn } from "../../../../lib/delivery/gate/verdict.ts";
import { aConfiguration, anEndpointNow } from "../../../support/claims.ts";

const plain = anEndpointNow({ configuration: aConfiguration() });
const limited = anEndpointNow({ configuration: aConfiguration({ maxInFlight: 3 }) });

test("an endpoint without limits, order or trouble has no gate", () => {
  expect(isGated(plain)).toBe(false);
  expect(verdictOn(plain, false, undefined)).toBe("pass");
});

test.each([
  ["strict ordering", { configuration: aConfiguration({ ordering: "strict" }) }],
  ["a rate limit", { configuration: aConfiguration({ rateLimit: 1 }) }],
  ["a limit of calls at once", { configuration: aConfiguration({ maxInFlight: 1 }) }],
  ["batches", { configuration: aConfiguration({ batchSize: 2 }) }],
  ["a receiver that asked for a rest", { slowed: true }],
  ["more than it could take", { crowded: true }],
  ["an open circuit", { circuit: "open" }],
] as const)("with %s only what was let out passes", (_, values) => {
  const endpoint = anEndpointNow({ configuration: aConfiguration(), ...values });
  expect(isGated(endpoint)).toBe(true);
  expect(verdictOn(endpoint, false, undefined)).not.toBe("pass");
});

test("what was let out passes a limit, but not a circuit that has opened or a rest that was asked for since", () => {
  expect(verdictOn(limited, true, undefined)).toBe("pass");
  expect(verdictOn({ ...limited, circuit: "open" }, true, undefined)).toBe("hold");
  expect(verdictOn({ ...limited, slowed: true }, true, "schedule")).toBe("park");
});

test("a probe passes an open circuit, and so does what a person asks for now, but not past a limit", () => {
  expect(verdictOn({ ...plain, circuit: "half_open" }, true, "probe")).toBe("pass");
  expect(verdictOn({ ...plain, circuit: "open" }, false, "manual")).toBe("pass");
  expect(verdictOn({ ...limited, circuit: "open" }, false, "manual")).toBe("park");
  expect(verdictOn({ ...plain, circuit: "open" }, false, "bulk")).toBe("hold");
});
