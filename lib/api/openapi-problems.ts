import { PROBLEM_CONTENT_TYPE, PROBLEM_STATUS, type ProblemCode } from "./problem.ts";

/** Problem answers by status, each with the codes it can have. */
export function problemResponses(codes: readonly ProblemCode[]): Record<string, unknown> {
  const byStatus = Map.groupBy(new Set(codes), (code) => PROBLEM_STATUS[code]);
  const content = { [PROBLEM_CONTENT_TYPE]: { schema: { $ref: "#/components/schemas/Problem" } } };
  return Object.fromEntries(
    [...byStatus].map(([status, grouped]) => [status, { description: `\`${grouped.join("`, `")}\``, content }]),
  );
}
