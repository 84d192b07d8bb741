import { endSession } from "../accounts/sessions.ts";
import { RefusedSignIn, signIn } from "./auth.ts";
import { bringPreferences } from "./preferences.ts";
import { currentUser } from "./session.ts";

const REFUSED = "Email or password is wrong.";

/** Signs this browser in, or says why not. Whoever was signed in here before is signed out for good. */
export async function enter(email: string, password: string): Promise<string | null> {
  const before = await currentUser();
  try {
    await signIn("credentials", { email, password, redirect: false });
  } catch (error) {
    if (!(error instanceof RefusedSignIn)) throw error;
    return error.minutes === null ? REFUSED : tooMany(error.minutes);
  }
  await bringPreferences(email);
  if (before) await endSession(before.id, before.sessionId);
  return null;
}

export function tooMany(minutes: number): string {
  return `Too many attempts. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`;
}
