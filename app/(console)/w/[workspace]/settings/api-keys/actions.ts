"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { createApiKey, revokeApiKey } from "@/lib/api-keys/commands.ts";
import { apiKeyInput } from "@/lib/api-keys/input.ts";
import { parseId } from "@/lib/ids.ts";
import { done, formAction, invalid } from "@/lib/web/action.ts";

export const createApiKeyAction = formAction("keys", apiKeyInput, async (input, { workspace, author }) => {
  const { secret } = await createApiKey(workspace.id, input, author);
  revalidatePath(`/w/${workspace.slug}/settings/api-keys`);
  return done("Key created.", { secret, name: input.name });
});

export const revokeApiKeyAction = formAction(
  "keys",
  z.object({ id: z.string() }),
  async ({ id }, { workspace, author }) => {
    const key = parseId("key", id);
    const revoked = key !== null && (await revokeApiKey(workspace.id, key, author));
    revalidatePath(`/w/${workspace.slug}/settings/api-keys`);
    return revoked
      ? done("Key revoked. Calls with it are refused from now on.")
      : invalid({ _form: ["This key is not in use any more."] });
  },
);
