import { currentAddressPolicy, isForbiddenAddress } from "../delivery/address-policy.ts";
import type { CallResult } from "../delivery/call.ts";
import type { Configuration } from "../delivery/configuration.ts";
import { sharedLookup } from "../delivery/connect.ts";
import type { Sent } from "../delivery/decide.ts";
import { written } from "../delivery/formatted-event.ts";
import { type LineOptions, Lines } from "../delivery/lines.ts";
import { post, unsent } from "../delivery/post.ts";
import { type Send, sendOver } from "../delivery/send.ts";
import { transformed } from "../delivery/transformed.ts";
import { env } from "../env.ts";
import type { Formatted, FormattedEvent } from "../formats/outgoing.ts";
import { DROPPED } from "../transformations/words.ts";
import { KnownSecrets } from "./known-secrets.ts";
import { shownAddress } from "./shown-address.ts";
import { onHandshake } from "./tls-facts.ts";
import { MOST_KEPT_BYTES, type TlsFacts, type Trial, type TrialAnswer, type TrialRequest } from "./trial-result.ts";

/** Whoever asks waits for it, so a trial ends before a patient endpoint's own time is over. */
const MOST_MS = 15_000;

/** A call to make: what an endpoint is, or would be, and the event it is to get. */
export type TrialCall = { configuration: Configuration; event: FormattedEvent; eventId: string };

/**
 * Sends one event to one endpoint at once: formatted, signed and guarded as any delivery, but no delivery. Nothing is
 * queued, retried or counted, and the connection is its own, so that every phase of it can be seen.
 */
export async function tryCall(call: TrialCall, network: LineOptions = ownNetwork()): Promise<Trial> {
  const { url, timeoutMs } = call.configuration;
  const configuration = { ...call.configuration, timeoutMs: Math.min(timeoutMs, MOST_MS) };
  const made = await formattedFor({ ...call, configuration });
  if ("problem" in made) return ended(unsent(made.problem), null, null, new KnownSecrets(configuration));

  let tls: TlsFacts | null = null;
  const onSocket: LineOptions["onSocket"] = (socket, opened) => {
    if (opened === url) onHandshake(socket, (facts) => (tls = facts));
  };
  const lines = new Lines({ ...network, onSocket });
  const secrets = new KnownSecrets(configuration);
  try {
    const postman = { send: noting(secrets, sendOver(lines)), stopped: new AbortController().signal };
    const sent = await post(made.id, made.formatted, configuration, postman);
    const request = sent?.requestHeaders ? requestOf(configuration, made.formatted, sent, secrets) : null;
    return ended(sent ?? unsent("No connection was free"), request, tls, secrets);
  } finally {
    lines.close();
  }
}

function ownNetwork(): LineOptions {
  return { policy: currentAddressPolicy(), lookup: sharedLookup, receiverPort: env().RECEIVER_PORT };
}

type Made = { id: string; formatted: Formatted } | { problem: string };

/** The bytes to send: the event as its transformation and its format make it. */
async function formattedFor({ configuration, event, eventId }: TrialCall): Promise<Made> {
  const { transformation, format } = configuration;
  let outgoing = event;
  if (transformation !== null) {
    const row = { ...event, id: eventId, tags: null, payload: event.payload, bytes: event.payload.length };
    const result = await transformed(row, event, configuration, transformation);
    if (result.result === "dropped") return { problem: DROPPED };
    if (result.result === "failed") return { problem: result.detail };
    if (result.result === "busy") return { problem: "Other transformations took too long: try again" };
    outgoing = result.event;
  }
  const formatted = written(format, ({ one }) => one(outgoing));
  return "problem" in formatted ? formatted : { id: event.id, formatted };
}

function noting(secrets: KnownSecrets, send: Send): Send {
  return (call) => {
    secrets.addFrom(call.headers);
    return send(call);
  };
}

function requestOf(
  { method, url, format }: Configuration,
  { body }: Formatted,
  { requestHeaders }: Sent,
  secrets: KnownSecrets,
): TrialRequest {
  return {
    method,
    url: shownAddress(url, format),
    headers: requestHeaders ?? [],
    body: secrets.hideIn(body).subarray(0, MOST_KEPT_BYTES).toString("base64"),
    bodyBytes: body.length,
  };
}

function ended(
  { startedAt, result }: Sent,
  request: TrialRequest | null,
  tls: TlsFacts | null,
  secrets: KnownSecrets,
): Trial {
  return { startedAt, request, answer: answerOf(result, tls, secrets) };
}

function answerOf(result: CallResult, tls: TlsFacts | null, secrets: KnownSecrets): TrialAnswer {
  const { outcome, statusCode, detail, responseBody, responseHeaders, remoteAddress } = result;
  const { dnsMs, connectMs, tlsMs, firstByteMs, totalMs } = result;
  const headers = responseHeaders?.map(([name, value]): [string, string] => [name, secrets.hide(value)]) ?? null;
  const location = headers?.find(([name]) => name === "location")?.[1];
  return {
    outcome,
    statusCode,
    detail: detail && secrets.hide(detail),
    dnsMs: rounded(dnsMs),
    connectMs: rounded(connectMs),
    tlsMs: rounded(tlsMs),
    firstByteMs: rounded(firstByteMs),
    totalMs: Math.round(totalMs),
    headers,
    body: responseBody && secrets.hideIn(responseBody).subarray(0, MOST_KEPT_BYTES).toString("base64"),
    bodyCut: result.responseCut,
    remoteAddress,
    isPublic: remoteAddress !== null && !isForbiddenAddress(remoteAddress, NOTHING_OPENED),
    tls,
    redirectTo: outcome === "redirect" ? (location ?? null) : null,
  };
}

/** With no range opened by the operator, what is allowed is what is public. */
const NOTHING_OPENED = { allowed: [], ownPorts: [], databasePorts: [] };

function rounded(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds);
}
