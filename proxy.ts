import { type NextRequest, NextResponse } from "next/server";

/**
 * Runs before every page. Only scripts that carry this answer's nonce run, and what they load; styles may be inline,
 * since they carry measured widths and cannot run code.
 */
export function proxy(request: NextRequest) {
  // Every page looks for what its address says, and Postgres takes no NUL in a text.
  if (request.url.includes("%00")) return new NextResponse("Bad request", { status: 400 });

  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");

  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Where to come back to after signing in; what a caller sends under this name never counts.
  headers.set("x-posthorn-path", request.nextUrl.pathname + request.nextUrl.search);
  // Next reads the nonce for its own scripts from the request's policy.
  headers.set("content-security-policy", policy);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("referrer-policy", "same-origin");
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("x-frame-options", "DENY");
  response.headers.set("cross-origin-opener-policy", "same-origin");
  response.headers.set("permissions-policy", "camera=(), geolocation=(), microphone=()");
  return response;
}

export function contentSecurityPolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export const config = {
  // Not for what is built once and served as it is, nor for the API, which answers JSON with headers of its own.
  matcher: ["/((?!_next/static|_next/image|api/|in/|icon.svg|favicon.ico).*)"],
};
