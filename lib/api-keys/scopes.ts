/** What an API key may do, with the words a person reads. */
export const SCOPES = {
  ingest: "Post events",
  read: "Read events, deliveries and configuration",
  write: "Change event types and endpoints",
  retry: "Retry and replay deliveries",
  secrets: "Read and rotate signing secrets",
} as const;
export type Scope = keyof typeof SCOPES;
