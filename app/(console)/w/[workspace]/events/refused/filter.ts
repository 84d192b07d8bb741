import { z } from "zod";
import { first } from "../../list-address";

const cursor = z.preprocess(first, z.uuid().optional().catch(undefined));

/** The list's address. What is wrong in it falls away instead of failing. */
export const refusedSearch = z.object({
  code: z.preprocess(
    first,
    z
      .string()
      .regex(/^[a-z_]{1,60}$/)
      .optional()
      .catch(undefined),
  ),
  before: cursor,
  after: cursor,
});
