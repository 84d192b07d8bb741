"use server";

import { cookies } from "next/headers";
import {
  CHOICE_COOKIES,
  type ChoiceName,
  type ConsoleChoices,
  choicesFrom,
  choiceText,
} from "../accounts/console-choices.ts";
import { isSecure } from "./session-cookie.ts";

const A_YEAR_SECONDS = 365 * 86_400;

/** Takes over whichever choices the form has; one that is not known becomes its default. */
export async function setChoices(form: FormData): Promise<void> {
  const sent = (cookie: string) => {
    const value = form.getAll(cookie).at(-1);
    return value === undefined ? undefined : String(value);
  };
  const choices = choicesFrom(sent);
  for (const [name, cookie] of Object.entries(CHOICE_COOKIES)) {
    if (sent(cookie) !== undefined) await keep(cookie, choices[name as ChoiceName]);
  }
}

async function keep(cookie: string, value: ConsoleChoices[ChoiceName]): Promise<void> {
  const jar = await cookies();
  jar.set(cookie, choiceText(value), {
    path: "/",
    maxAge: A_YEAR_SECONDS,
    sameSite: "lax",
    httpOnly: true,
    secure: isSecure(),
  });
}
