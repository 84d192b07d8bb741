import { decode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { sessionCookieFor, sessionCookieOptions } from "../../../lib/web/session-cookie.ts";

process.env.AUTH_SECRET = "s".repeat(40);
process.env.PUBLIC_URL = "https://hooks.example.com";

test("behind https the cookie is bound to this host, secure and out of reach of scripts", async () => {
  const { name, value } = await sessionCookieFor("0199-session");
  expect(name).toBe("__Host-posthorn.session");
  expect(sessionCookieOptions()).toEqual({ httpOnly: true, sameSite: "lax", path: "/", secure: true });
  expect(await decode({ token: value, secret: "s".repeat(40), salt: name })).toMatchObject({ sid: "0199-session" });
});
