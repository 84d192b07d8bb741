"use server";

import { CHOICE_COOKIES, type ChoiceName, type ConsoleChoices, choicesFrom } from "../accounts/console-choices.ts";
import { changePreferences } from "./preferences.ts";
import { currentUser } from "./session.ts";

/** Takes over whichever choices the form has, by the names of their cookies; one that is not known becomes its default. */
export async function setChoices(form: FormData): Promise<void> {
  const sent = new Map([...form].map(([name, value]) => [name, String(value)]));
  const choices = choicesFrom((cookie) => sent.get(cookie));
  const names = (Object.keys(choices) as ChoiceName[]).filter((name) => sent.has(CHOICE_COOKIES[name]));
  const changed: Partial<ConsoleChoices> = Object.fromEntries(names.map((name) => [name, choices[name]]));
  await changePreferences(changed, (await currentUser())?.id);
}
