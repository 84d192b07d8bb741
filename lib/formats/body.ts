export type FormattedEvent = { type: string; occurredAt: Date; payload: Buffer; contentType: string };

/** A format turns a stored event into the bytes that are sent. The payload is spliced in, never parsed. */
export type FormatBody = (event: FormattedEvent) => { contentType: string; body: Buffer };
