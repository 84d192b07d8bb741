import { clockFault, provenBy, refuse } from "./call.ts";
import { isEqual, signatureOf } from "./digest.ts";
import type { Provider } from "./provider.ts";
import {
  atPath,
  brokenPayload,
  formFields,
  isForm,
  jsonFields,
  payloadField,
  type Reading,
  textOf,
} from "./reading.ts";

const SIGNATURE = "x-slack-signature";
const TIME = "x-slack-request-timestamp";

/** `v0=` and the hex HMAC over `v0:time:body`, for events, commands and interactivity alike. */
export const slack: Provider = {
  label: "Slack",
  secret: { label: "Signing secret", hint: "Under Basic Information → App Credentials" },
  prove(call, secrets) {
    const given = call.headers.get(SIGNATURE);
    if (given === undefined) return refuse({ code: "header_missing", header: SIGNATURE });
    const time = call.headers.get(TIME);
    if (time === undefined) return refuse({ code: "header_missing", header: TIME });
    if (!given.startsWith("v0=")) return refuse({ code: "header_malformed", header: SIGNATURE });
    const fault = clockFault(call, time, TIME);
    if (fault) return refuse(fault);
    return provenBy(secrets, (key) =>
      isEqual(given, `v0=${signatureOf({ algorithm: "sha256", encoding: "hex", key }, `v0:${time}:`, call.body)}`),
    );
  },
  unreadable: brokenPayload,
  read(call) {
    const retries = Number(call.headers.get("x-slack-retry-num"));
    const reading = isForm(call) ? readForm(formFields(call)) : readEvent(jsonFields(call));
    return Number.isInteger(retries) && retries > 0 ? { ...reading, attempt: retries + 1 } : reading;
  },
  handshake(call) {
    const { type, challenge } = isForm(call) ? {} : jsonFields(call);
    if (type !== "url_verification" || typeof challenge !== "string") return null;
    return { status: 200, contentType: "text/plain", body: challenge };
  },
};

function readEvent(body: Record<string, unknown>): Reading {
  return { type: textOf(atPath(body, "event.type")) ?? textOf(body.type), id: textOf(body.event_id) };
}

/** Commands and buttons have no event id; a `trigger_id` is theirs alone. */
function readForm(form: URLSearchParams): Reading {
  const command = form.get("command");
  if (command) return { type: `command.${command.replace(/^\//, "")}`, id: form.get("trigger_id") };
  const payload = payloadField(form);
  return { type: textOf(payload.type), id: textOf(payload.trigger_id) };
}
