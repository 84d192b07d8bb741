/** Where a process says that something of a workspace has changed; only which workspaces, never what. */
export const LIVE_CHANNEL = "posthorn_live";

/** What a page may show of a workspace. */
export const LIVE_TOPICS = ["deliveries", "jobs"] as const;
export type LiveTopic = (typeof LIVE_TOPICS)[number];

/** The workspaces of each topic. */
export type Changes = Record<LiveTopic, Iterable<string>>;

/** A NOTIFY carries fewer than 8,000 bytes; an id takes 37 of them. */
const MOST_NAMED = 200;
const BEAT = "beat";

/** The messages that say it, as few as there can be: `deliveries:id,id`. */
export function changeMessages(changes: Changes): string[] {
  return LIVE_TOPICS.flatMap((topic) => {
    const ids = [...changes[topic]];
    const count = Math.ceil(ids.length / MOST_NAMED);
    return Array.from({ length: count }, (_, n) => {
      return `${topic}:${ids.slice(n * MOST_NAMED, (n + 1) * MOST_NAMED).join(",")}`;
    });
  });
}

/** By which a process hears itself, and so knows that it hears the others. */
export function beatMessage(process: string): string {
  return `${BEAT}:${process}`;
}

/** What a message says; one of another version says nothing. */
export function readMessage(message: string): { topic: LiveTopic; workspaceIds: string[] } | null {
  const colon = message.indexOf(":");
  const topic = LIVE_TOPICS.find((known) => known === message.slice(0, colon));
  return topic ? { topic, workspaceIds: message.slice(colon + 1).split(",") } : null;
}
