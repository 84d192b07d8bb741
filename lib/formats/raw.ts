import type { FormatBody } from "./body.ts";

/** The payload and nothing else, byte for byte. */
export const raw: FormatBody = ({ payload, contentType }) => ({ contentType, body: payload });
