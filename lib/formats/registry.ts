import { cloudevents } from "./cloudevents.ts";
import { discord } from "./discord.ts";
import { envelope } from "./envelope.ts";
import { form } from "./form.ts";
import type { Format } from "./names.ts";
import type { OutgoingFormat } from "./outgoing.ts";
import { raw } from "./raw.ts";
import { slack } from "./slack.ts";
import { teams } from "./teams.ts";
import { xml } from "./xml.ts";

const REGISTRY: Record<Format, OutgoingFormat> = { envelope, raw, cloudevents, form, xml, slack, discord, teams };

export function formatOf(name: Format): OutgoingFormat {
  return REGISTRY[name];
}
