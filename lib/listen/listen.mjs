import { setTimeout as delay } from "node:timers/promises";
import { forward } from "./forward.mjs";
import { lineOf, plain } from "./lines.mjs";
import { Place, placeFile, storedPlace } from "./place.mjs";
import { PosthornApi, Refusal } from "./posthorn-api.mjs";

const PAGE = 250;
/** While nothing comes, and while something may still come before what was seen. */
const LONG_WAIT_SECONDS = 20;
const SHORT_WAIT_SECONDS = 1;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 3_000;

/**
 * @typedef {import("./arguments.mjs").Options} Options
 * @typedef {import("./posthorn-api.mjs").Row} Row
 * @typedef {{ api: PosthornApi, options: Options, signal: AbortSignal }} Listening
 */

/** Sends requests on until it is told to stop. @param {Options} options @param {AbortSignal} signal */
export async function listen(options, signal) {
  const ending = new AbortController();
  const stop = AbortSignal.any([signal, ending.signal]);
  const api = new PosthornApi(options, stop, say);
  const listening = { api, options, signal: stop };
  const streams = options.sources.length > 0 ? options.sources : [null];
  try {
    await Promise.all(streams.map((source) => follow(listening, source)));
  } catch (error) {
    if (!signal.aborted) throw error;
    say("Stopped. Started again, it goes on from here.");
  } finally {
    // What ends one ends the others.
    ending.abort();
  }
}

/** @param {Listening} listening @param {string | null} source */
async function follow(listening, source) {
  const { api, options, signal } = listening;
  if (source !== null && !(await api.get(`/sources/${source}`))) {
    throw new Refusal(`There is no source ${source} in the workspace of this API key`);
  }
  const place = await findPlace(listening, source);
  const whose = source === null ? "every source" : source;
  say(`Listening to ${whose} at ${options.url.origin}, sending on to ${options.forward.href}`);
  for (;;) {
    signal.throwIfAborted();
    const isQuiet = place.isSettled;
    const came = await catchUp(listening, source, place);
    place.settle();
    if (came === 0 && !isQuiet)
      await listAfter(listening, source, { after: place.newest, waitSeconds: SHORT_WAIT_SECONDS, limit: 1 });
  }
}

/** Handles what is there, a page at a time. How many were new. @param {Listening} listening @param {string | null} source @param {Place} place */
async function catchUp(listening, source, place) {
  let came = 0;
  const waitSeconds = place.isSettled ? LONG_WAIT_SECONDS : 0;
  for (let after = place.after; ; ) {
    const isFirst = after === place.after;
    const rows = await listAfter(listening, source, { after, waitSeconds: isFirst ? waitSeconds : 0, limit: PAGE });
    for (const row of rows.filter(({ id }) => !place.has(id))) {
      await handle(listening, row);
      place.done(row.id);
      came++;
    }
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return came;
    after = last.id;
  }
}

/**
 * @param {Listening} listening @param {string | null} source
 * @param {{ after: string, waitSeconds: number, limit: number }} asked @returns {Promise<Row[]>}
 */
async function listAfter({ api, signal }, source, { after, waitSeconds, limit }) {
  const started = performance.now();
  const { data } = await api.get(`/requests?after=${after}&wait=${waitSeconds}&limit=${limit}${of(source)}`);
  const isEarly = performance.now() - started < waitSeconds * 500;
  // A Posthorn where too many wait answers at once: it is not asked again without a pause.
  if (data.length === 0 && isEarly) await delay(SHORT_WAIT_SECONDS * 1_000, undefined, { signal });
  return data;
}

/** @param {string | null} source */
function of(source) {
  return source === null ? "" : `&source=${source}`;
}

/** Where it begins. @param {Listening} listening @param {string | null} source */
async function findPlace({ api, options }, source) {
  const { url, forward: target, from } = options;
  const file = placeFile([url.href, source ?? "all", target.href], process.env);
  const stored = from === null ? storedPlace(file) : null;
  if (stored) say("Going on where it left off");
  const place = new Place(file, stored ?? { after: await beginning(api, source, from ?? "now"), seen: [] });
  place.save();
  return place;
}

/** @param {PosthornApi} api @param {string | null} source @param {string} from */
async function beginning(api, source, from) {
  if (from !== "now") return from;
  const { data } = await api.get(`/requests?limit=1${of(source)}`);
  return data[0]?.id ?? "start";
}

const SENT_ON = ["accepted", "duplicate"];
const REFUSED = ["refused", "unparsable"];

/** @param {Listening} listening @param {Row} row */
async function handle(listening, row) {
  const { api, options } = listening;
  const isWanted = SENT_ON.includes(row.verdict) || (options.all && REFUSED.includes(row.verdict));
  if (!isWanted) return say(lineOf(row, "not sent on"));
  const detail = await api.get(`/requests/${row.id}`);
  if (!detail || detail.body === null) return say(lineOf(row, "no longer kept"));
  const outcome = await forwardPatiently(listening, detail);
  say(lineOf(row, "status" in outcome ? `${outcome.status} in ${Math.round(outcome.ms)} ms` : outcome.failed));
}

/** Waits while nobody listens there: a receiver that is being changed is restarted all the time. */
async function forwardPatiently(/** @type {Listening} */ { options, signal }, /** @type {any} */ detail) {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const outcome = await forward(options.forward, detail, signal);
    signal.throwIfAborted();
    if (!("refused" in outcome)) return outcome;
    if (pauseMs === FIRST_PAUSE_MS) say(`Nothing listens at ${options.forward.origin}: waiting for it`);
    await delay(pauseMs, undefined, { signal });
  }
}

/** @param {string} sentence */
function say(sentence) {
  process.stdout.write(`${plain(sentence)}\n`);
}
