import { cookies } from "next/headers";
import { cache } from "react";
import {
  CHOICE_COOKIES,
  type ChoiceName,
  type ConsoleChoices,
  choicesFrom,
  choiceText,
} from "../accounts/console-choices.ts";
import { keepPreference, readPreferenceByEmail } from "../accounts/preferences.ts";
import { isSecure } from "./session-cookie.ts";

const A_YEAR_SECONDS = 365 * 86_400;
/** The name under which a person's choices are kept for their next browser. */
const KEPT_AS = "console";

/** What a person chose for this browser; the server renders with it, so that nothing changes after loading. */
export const readPreferences = cache(async (): Promise<ConsoleChoices> => {
  const jar = await cookies();
  return choicesFrom((name) => jar.get(name)?.value);
});

/** Changes this browser's choices, and those a signed-in person finds in their next one. */
export async function changePreferences(changed: Partial<ConsoleChoices>, userId: string | undefined): Promise<void> {
  const choices = { ...(await readPreferences()), ...changed };
  await writeCookies(changed);
  if (userId) await keepPreference(userId, KEPT_AS, textsOf(choices));
}

/** Brings what a person chose elsewhere to the browser they sign in with. */
export async function bringPreferences(email: string): Promise<void> {
  const kept = await readPreferenceByEmail(email, KEPT_AS);
  if (typeof kept !== "object" || kept === null) return;
  const texts = new Map(Object.entries(kept).map(([cookie, text]) => [cookie, String(text)]));
  await writeCookies(choicesFrom((cookie) => texts.get(cookie)));
}

function textsOf(choices: Partial<ConsoleChoices>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(choices).map(([name, value]) => [CHOICE_COOKIES[name as ChoiceName], choiceText(value)]),
  );
}

async function writeCookies(choices: Partial<ConsoleChoices>): Promise<void> {
  const jar = await cookies();
  for (const [name, text] of Object.entries(textsOf(choices))) {
    jar.set(name, text, { path: "/", maxAge: A_YEAR_SECONDS, sameSite: "lax", httpOnly: true, secure: isSecure() });
  }
}
