import { cookies } from "next/headers";
import { cache } from "react";
import { type ConsoleChoices, choicesFrom } from "../accounts/console-choices.ts";

/** What a person chose for this browser; the server renders with it, so that nothing changes after loading. */
export const readPreferences = cache(async (): Promise<ConsoleChoices> => {
  const jar = await cookies();
  return choicesFrom((name) => jar.get(name)?.value);
});
