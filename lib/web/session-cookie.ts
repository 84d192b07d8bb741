import { encode } from "next-auth/jwt";
import { env, publicUrl } from "../env.ts";

export function isSecure(): boolean {
  return publicUrl().startsWith("https:");
}

/** A name of our own: cookies ignore the port, and other Auth.js apps may run on the same machine. */
export function sessionCookieName(): string {
  return isSecure() ? "__Host-posthorn.session" : "posthorn.session";
}

export function sessionCookieOptions() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() } as const;
}

/** The cookie that stands for a session's row, for a browser that has not been through the sign-in form. */
export async function sessionCookieFor(sessionId: string): Promise<{ name: string; value: string }> {
  const name = sessionCookieName();
  const value = await encode({ token: { sid: sessionId }, secret: env().AUTH_SECRET ?? "", salt: name });
  return { name, value };
}
