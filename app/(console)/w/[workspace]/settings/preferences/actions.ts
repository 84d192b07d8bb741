"use server";

import { preferencesInput } from "@/lib/accounts/input.ts";
import { done, personAction } from "@/lib/web/action.ts";
import { changePreferences } from "@/lib/web/preferences.ts";

export const savePreferencesAction = personAction(preferencesInput, async (input, user) => {
  await changePreferences(input, user.id);
  return done("Saved, for this browser and for the next one you sign in with.");
});
