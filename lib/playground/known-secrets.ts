import type { Headers } from "../delivery/call.ts";
import type { Configuration } from "../delivery/configuration.ts";

/** Shorter texts are no secrets, and would be found in every answer. */
const SHORTEST_SECRET = 4;
const MASK = "••••••";
/** Set by the product itself, and no secret. */
const OURS = new Set([
  "content-type",
  "user-agent",
  "accept",
  "accept-encoding",
  "webhook-id",
  "webhook-timestamp",
  "webhook-signature",
]);

/** The secrets that went into a call, to be taken out of whatever a receiver repeats. */
export class KnownSecrets {
  readonly #texts = new Set<string>();

  constructor({ authentication }: Pick<Configuration, "authentication">) {
    if (authentication?.type === "basic") this.#add(authentication.password);
    if (authentication?.type === "bearer") this.#add(authentication.token);
    if (authentication?.type === "oauth2") this.#add(authentication.clientSecret);
  }

  /** Also those that are only known when they are sent, such as an access token. */
  addFrom(headers: Headers): void {
    for (const [name, value] of headers) {
      if (OURS.has(name.toLowerCase())) continue;
      this.#add(value);
      // `Bearer …`: a receiver may repeat what is behind the scheme alone.
      const [, credentials] = /^\S+ (\S+)$/.exec(value) ?? [];
      if (credentials) this.#add(credentials);
    }
  }

  hide(text: string): string {
    return this.#longestFirst().reduce((hidden, secret) => hidden.replaceAll(secret, MASK), text);
  }

  /** The same in bytes that may be no text at all. */
  hideIn(bytes: Buffer): Buffer {
    const mask = Buffer.from(MASK).toString("latin1");
    const text = bytes.toString("latin1");
    const hidden = this.#longestFirst().reduce(
      (all, secret) => all.replaceAll(Buffer.from(secret).toString("latin1"), mask),
      text,
    );
    return hidden === text ? bytes : Buffer.from(hidden, "latin1");
  }

  #add(text: string): void {
    if (text.length < SHORTEST_SECRET) return;
    this.#texts.add(text);
    // As it stands inside a JSON string.
    this.#texts.add(JSON.stringify(text).slice(1, -1));
  }

  /** Or a part would be taken out of the whole first, and the rest would stay. */
  #longestFirst(): string[] {
    return [...this.#texts].sort((one, other) => other.length - one.length);
  }
}
