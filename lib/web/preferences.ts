import { cookies } from "next/headers";
import { cache } from "react";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** What a person chose for this browser; the server renders with it, so that nothing changes after loading. */
export const readPreferences = cache(async (): Promise<{ theme: Theme; zone: string }> => {
  const jar = await cookies();
  const theme = THEMES.find((known) => known === jar.get("theme")?.value) ?? "system";
  return { theme, zone: jar.get("tz")?.value ?? "UTC" };
});
