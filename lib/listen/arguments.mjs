import { parseArgs } from "node:util";
import { Refusal } from "./posthorn-api.mjs";

export const HELP = `posthorn listen --forward http://localhost:4000/hooks

Sends what your Posthorn receives on to a receiver on this machine: the same method, bytes, headers and query, one after
the other, in the order of arrival. Started again, it goes on where it left off.

  --forward URL   where requests are sent on to
  --source ID     only this source's, src_…; may be given several times. Without it, those of all sources
  --from PLACE    now, start (all that is kept), or req_… (those after it). Without it: where it left off, else now
  --all           also what was refused. Without it, only what was believed
  --url URL       where Posthorn is; POSTHORN_URL, else http://127.0.0.1:3000
  --key KEY       an API key that may read; better in POSTHORN_API_KEY, where other users of the machine do not see it

Set-up calls of a provider are shown and not sent on. Credentials are not sent on, because Posthorn shows them to nobody;
signatures are. An answer of your receiver that is no success is shown and not repeated; while nothing answers there, it
waits.
`;

const OPTIONS = /** @type {const} */ ({
  forward: { type: "string" },
  source: { type: "string", multiple: true },
  from: { type: "string" },
  all: { type: "boolean" },
  url: { type: "string" },
  key: { type: "string" },
});

/** @typedef {{ forward: URL, sources: string[], from: string | null, all: boolean, url: URL, key: string }} Options */

/** @param {string[]} given @param {Record<string, string | undefined>} environment @returns {Options} */
export function readArguments(given, environment) {
  const values = parsed(given);
  if (!values.forward) throw new Refusal("Say where to send requests: --forward http://localhost:4000/hooks");
  const key = values.key ?? environment.POSTHORN_API_KEY;
  if (!key) throw new Refusal("An API key is missing: put one that may read into POSTHORN_API_KEY");
  if (!/^ph_[A-Za-z0-9]{24,64}$/.test(key)) throw new Refusal("This is no API key: one starts with ph_");
  const sources = [...new Set(values.source ?? [])];
  for (const source of sources) {
    if (!/^src_[0-9a-z]{26}$/.test(source))
      throw new Refusal(`${source} is not the id of a source: one starts with src_`);
  }
  const from = values.from ?? null;
  if (from !== null && !/^(now|start|req_[0-9a-z]{26})$/.test(from)) {
    throw new Refusal("--from takes now, start, or the id of a request, req_…");
  }
  const url = address("--url", values.url ?? environment.POSTHORN_URL ?? "http://127.0.0.1:3000");
  return { forward: address("--forward", values.forward), sources, from, all: values.all === true, url, key };
}

/** @param {string[]} given */
function parsed(given) {
  try {
    return parseArgs({ args: given, options: OPTIONS, strict: true }).values;
  } catch (error) {
    // It names the option that it does not know, or that lacks its value.
    throw new Refusal(`${error instanceof Error ? error.message : error}. See --help.`);
  }
}

/** @param {string} option @param {string} text */
function address(option, text) {
  const written = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(written) ? new URL(written) : null;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new Refusal(`${option} takes an http or https URL, such as http://localhost:4000/hooks`);
}
