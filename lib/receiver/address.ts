import { formatId, parseId } from "../ids.ts";

/** The host in the URL of an endpoint that the product made for its own receiver. Only the sender knows where it is. */
export const RECEIVER_HOST = "receiver.posthorn.internal";

/** Each endpoint has a path of its own: it tells the receiver who is called, before anything else is known. */
export function receiverUrl(endpointId: string): string {
  return `http://${RECEIVER_HOST}/${formatId("ep", endpointId)}`;
}

/** Whether a URL is one of those that the product alone gives, to endpoints of its own. */
export function isReceiverUrl(url: string): boolean {
  const origin = `http://${RECEIVER_HOST}`;
  return url.startsWith(`${origin}/`) && endpointOfPath(url.slice(origin.length)) !== null;
}

export function endpointOfPath(path: string): string | null {
  return parseId("ep", path.split(/[/?]/)[1] ?? "");
}
