import type { Authentication } from "@/lib/endpoints/authentication.ts";

/** The ways of telling a receiver who calls, beside the signature. */
export const AUTHENTICATION_WORDS = {
  none: { label: "None", hint: "The signature alone tells who calls." },
  basic: { label: "Basic", hint: "User name and password." },
  bearer: { label: "Bearer token", hint: "A token that does not change." },
  oauth2: { label: "OAuth 2.0", hint: "Client credentials: a token is asked for, kept until it ends, and renewed." },
} satisfies Record<Authentication["type"] | "none", { label: string; hint: string }>;
