import { z } from "zod";
import { ROLES } from "./roles.ts";

export const ENVIRONMENTS = ["test", "live"] as const;

export const workspaceInput = z.object({
  name: z.string().trim().min(1, "Give the workspace a name").max(60, "At most 60 characters"),
  environment: z.enum(ENVIRONMENTS, "Choose test or live"),
  createsEventTypes: z.boolean().default(false),
});
export type WorkspaceInput = z.infer<typeof workspaceInput>;

export const memberRoleInput = z.object({ userId: z.string(), role: z.enum(ROLES, "Choose a role") });
