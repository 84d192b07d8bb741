import { type Call, type Proof, provenBy, refuse } from "./call.ts";
import { configuredReading } from "./configured.ts";
import { isEqual } from "./digest.ts";
import { ANY_METHOD, type Provider } from "./provider.ts";

// For senders that sign nothing: what they show is a password or a token, over TLS.

/** `Authorization: Basic`; a secret is `user:password`, compared as a whole. */
export const basic: Provider = {
  label: "Basic authentication",
  secret: { label: "User and password", hint: "user:password, as the sender is told" },
  prove: proveBasic,
  methods: ANY_METHOD,
  read: configuredReading,
};

/** `Authorization: Bearer`, or the bare token in a header of another name. */
export const bearer: Provider = {
  label: "Bearer token",
  secret: { label: "Token", hint: "What the sender puts after Bearer, or into the header you name" },
  prove: (call, secrets, { header = "authorization" }) => proveToken(call, secrets, header),
  methods: ANY_METHOD,
  read: configuredReading,
};

/** Whoever knows the address may post. */
export const unsigned: Provider = {
  label: "No verification",
  secret: null,
  prove: () => ({ proven: true, secret: null }),
  methods: ANY_METHOD,
  read: configuredReading,
};

export function proveBasic(call: Call, secrets: readonly string[]): Proof {
  const given = call.headers.get("authorization");
  if (given === undefined) return refuse({ code: "header_missing", header: "authorization" });
  const pair = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(given)?.[1];
  if (pair === undefined) return refuse({ code: "header_malformed", header: "authorization" });
  return provenBy(secrets, (secret) => isEqual(pair, Buffer.from(secret).toString("base64")));
}

export function proveToken(call: Call, secrets: readonly string[], header: string): Proof {
  const name = header.toLowerCase();
  const given = call.headers.get(name);
  if (given === undefined) return refuse({ code: "header_missing", header: name });
  const token = name === "authorization" ? /^bearer +(\S+)$/i.exec(given)?.[1] : given;
  if (token === undefined) return refuse({ code: "header_malformed", header: name });
  return provenBy(secrets, (secret) => isEqual(token, secret));
}
