/** What an API key may do, with the words a person reads. */
export const SCOPES = {
  ingest: "Post events",
  read: "Read events, deliveries and configuration",
  write: "Change event types, endpoints and sources",
  retry: "Retry and replay deliveries",
  secrets: "Read and change secrets of endpoints and sources",
} as const;
export type Scope = keyof typeof SCOPES;
