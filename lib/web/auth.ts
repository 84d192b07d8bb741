import NextAuth, { CredentialsSignin, type NextAuthConfig, type Session } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { signInInput } from "../accounts/input.ts";
import { endSession, findSession, type SignedInUser } from "../accounts/sessions.ts";
import { signIn as signInWithPassword } from "../accounts/sign-in.ts";
import { env } from "../env.ts";
import { errorFields, log } from "../log.ts";
import { callerOf } from "./caller.ts";
import { safePath } from "./safe-path.ts";
import { isSecure, sessionCookieName, sessionCookieOptions } from "./session-cookie.ts";

declare module "next-auth" {
  interface User {
    sessionId?: string;
  }
  interface Session {
    /** Who is signed in, or that the database could not be asked. */
    check?: SessionCheck;
  }
}

export type SessionCheck = { result: "live"; user: SignedInUser } | { result: "unavailable" };

/** The cookie outlives every session: the session's row says when it ends, and can end it at once. */
const COOKIE_DAYS = 365;

/** A refused sign-in; `code` is what the form shows a sentence for. */
export class RefusedSignIn extends CredentialsSignin {
  minutes: number | null;
  constructor(code: "refused" | "throttled", minutes: number | null = null) {
    super();
    this.code = code;
    this.minutes = minutes;
  }
}

const passwordProvider = Credentials({
  credentials: { email: { type: "email" }, password: { type: "password" } },
  async authorize(credentials, request) {
    const input = signInInput.safeParse(credentials);
    if (!input.success) throw new RefusedSignIn("refused");
    const answer = await signInWithPassword(input.data, callerOf(request.headers));
    if (answer.result === "throttled") throw new RefusedSignIn("throttled", answer.minutes);
    if (answer.result === "refused") throw new RefusedSignIn("refused");
    return answer.user;
  },
});

/** Auth.js takes a thrown error for a broken cookie and removes it; a database that is away must not sign anybody out. */
async function checkSession(sessionId: string): Promise<SessionCheck | null> {
  try {
    const user = await findSession(sessionId);
    return user && { result: "live", user };
  } catch (error) {
    log("error", "session", errorFields(error));
    return { result: "unavailable" };
  }
}

const callbacks: NextAuthConfig["callbacks"] = {
  async jwt({ token, user }) {
    if (user?.sessionId) return { sid: user.sessionId };
    if (typeof token.sid !== "string") return null;
    const check = await checkSession(token.sid);
    return check && { sid: token.sid, check };
  },
  session({ session, token }) {
    return { expires: session.expires, check: token.check } as Session;
  },
  // Relative, so that neither a Host header nor a parameter leads anywhere else.
  redirect: ({ url, baseUrl }) => safePath(url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url),
};

/** Read when it is first needed, so that a build needs no secret. */
function config(): NextAuthConfig {
  return {
    secret: env().AUTH_SECRET,
    // What Auth.js builds from the Host header stays inside this process; links are made from PUBLIC_URL elsewhere.
    trustHost: true,
    basePath: "/api/auth",
    useSecureCookies: isSecure(),
    cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
    session: { strategy: "jwt", maxAge: COOKIE_DAYS * 24 * 60 * 60 },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/" },
    providers: [passwordProvider],
    callbacks,
    events: {
      async signOut(message) {
        const sessionId = "token" in message ? message.token?.sid : undefined;
        const user = typeof sessionId === "string" ? await findSession(sessionId) : null;
        if (user) await endSession(user.id, user.sessionId);
      },
    },
    logger: {
      error(error) {
        if (!(error instanceof CredentialsSignin)) log("error", "auth", errorFields(error));
      },
    },
  };
}

export const { handlers, auth, signIn, signOut } = NextAuth(config);
