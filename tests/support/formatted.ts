import type { FormattedEvent } from "../../lib/formats/outgoing.ts";

/** An event as formats get it. */
export function aFormattedEvent(values: Partial<FormattedEvent> = {}): FormattedEvent {
  return {
    id: "evt_01m4xk0000000000000000000",
    type: "order.created",
    occurredAt: new Date("2026-01-02T03:04:05.678Z"),
    payload: Buffer.from("{}"),
    contentType: "application/json",
    customer: null,
    source: "https://hooks.example.com/w/acme",
    link: "https://hooks.example.com/w/acme/events/evt_01m4xk0000000000000000000",
    ...values,
  };
}
