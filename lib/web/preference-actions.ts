"use server";

import { cookies } from "next/headers";
import { THEMES } from "./preferences.ts";
import { isSecure } from "./session-cookie.ts";

const A_YEAR_SECONDS = 365 * 86_400;

export async function setTheme(form: FormData): Promise<void> {
  const theme = THEMES.find((known) => known === form.get("theme"));
  if (theme) await keep("theme", theme);
}

/** An IANA zone; one the server does not know is read as UTC. */
export async function setZone(form: FormData): Promise<void> {
  const zone = String(form.get("tz") ?? "");
  if (/^[A-Za-z0-9_+/-]{1,64}$/.test(zone)) await keep("tz", zone);
}

async function keep(name: string, value: string): Promise<void> {
  const jar = await cookies();
  jar.set(name, value, { path: "/", maxAge: A_YEAR_SECONDS, sameSite: "lax", httpOnly: true, secure: isSecure() });
}
