import { z } from "zod";
import { SCOPES, type Scope } from "./scopes.ts";

const scopes = Object.keys(SCOPES) as [Scope, ...Scope[]];

export const apiKeyInput = z.object({
  name: z
    .string()
    .trim()
    .min(1, "Give the key a name, such as the app that will use it")
    .max(60, "At most 60 characters"),
  scopes: z
    .array(z.enum(scopes, "Unknown scope"))
    .min(1, "Choose at least one")
    .transform((chosen) => [...new Set(chosen)]),
  /** Not given = never expires. */
  expiresInDays: z.number().int().min(1, "At least one day").max(3_650, "At most ten years").optional(),
});
export type ApiKeyInput = z.infer<typeof apiKeyInput>;
