import type { FormatBody } from "./body.ts";

/** `{"type","timestamp","data"}` with the bytes of `data` exactly as they were posted. */
export const envelope: FormatBody = ({ type, occurredAt, payload }) => ({
  contentType: "application/json",
  body: Buffer.concat([
    Buffer.from(`{"type":${JSON.stringify(type)},"timestamp":"${occurredAt.toISOString()}","data":`),
    payload,
    CLOSE,
  ]),
});

const CLOSE = Buffer.from("}");
