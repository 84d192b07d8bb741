"use server";

import { revalidatePath } from "next/cache";
import { done, formAction } from "@/lib/web/action.ts";
import { updateWorkspace } from "@/lib/workspaces/commands.ts";
import { workspaceInput } from "@/lib/workspaces/input.ts";

export const updateWorkspaceAction = formAction("settings", workspaceInput, async (input, { workspace, author }) => {
  await updateWorkspace(workspace.id, input, author);
  revalidatePath(`/w/${workspace.slug}`, "layout");
  return done("Saved.");
});
