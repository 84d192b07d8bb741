import type { Signature } from "@/lib/endpoints/states.ts";

export const SIGNATURE_WORDS = {
  hmac: { label: "Shared secret", hint: "HMAC-SHA256, v1. Sender and receiver have the same secret." },
  ed25519: {
    label: "Key pair",
    hint: "Ed25519, v1a. The receiver has a public key, which can be read by anybody and signs nothing.",
  },
} satisfies Record<Signature, { label: string; hint: string }>;
