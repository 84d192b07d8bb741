import { isMadeBy, readVerifyingKey, type VerifyingKey } from "../secrets/verifying-key.ts";

/** As the Standard Webhooks libraries allow. */
const TOLERANCE_SECONDS = 300;

export type Headers = Record<string, string | undefined>;
export type SignatureCheck = { headers: Headers; body: string; secret: string; now: Date };

/** What is found, in the order in which a library looks. */
export type SignatureFinding = { ok: boolean; words: string };
export type SignatureVerdict = {
  /** The signature is this secret's, and it came in time. */
  good: boolean;
  title: string;
  /** What would have to be done, when that can be told. */
  advice: string | null;
  findings: SignatureFinding[];
};

/**
 * Checks a Standard Webhooks signature as a receiver would, and finds out why one does not match: what receivers
 * commonly get wrong is tried. The signature that would be right is never told: it would let anyone forge the request.
 */
export function checkSignature(check: SignatureCheck): SignatureVerdict {
  const missing = ["webhook-id", "webhook-timestamp", "webhook-signature"].filter((name) => !check.headers[name]);
  if (missing.length > 0) return bad(`${missing.join(", ")} missing`, "Paste all three headers of the request.", []);
  if (check.secret === "") return bad("No secret to check with", "Paste the endpoint's signing secret.", []);
  const key = readVerifyingKey(check.secret);
  if ("problem" in key) return bad("The secret cannot be used", key.problem, []);
  const findings = [timestampFinding(check)];
  const matching = matchingVersion(check, key, check.body);
  if (matching) {
    findings.push({ ok: true, words: `a ${matching} signature matches` });
    const inTime = findings.every(({ ok }) => ok);
    return inTime
      ? { good: true, title: "The signature is genuine", advice: null, findings }
      : { good: false, title: "Genuine, but too old to be accepted", advice: TOO_OLD, findings };
  }
  findings.push(mismatch(check, key));
  return bad("The signature does not match", causeOf(check, key), findings);
}

const TOO_OLD =
  "Receivers refuse what is over five minutes off, so that a recorded request cannot be sent again. For a fresh one: check the receiver's clock.";

function bad(title: string, advice: string | null, findings: SignatureFinding[]): SignatureVerdict {
  return { good: false, title, advice, findings };
}

function timestampFinding({ headers, now }: SignatureCheck): SignatureFinding {
  const text = headers["webhook-timestamp"] ?? "";
  if (!/^\d{1,12}$/.test(text))
    return { ok: false, words: `webhook-timestamp ${text.slice(0, 40)} is no Unix time in seconds` };
  const off = Math.round(now.getTime() / 1_000) - Number(text);
  if (Math.abs(off) <= TOLERANCE_SECONDS)
    return { ok: true, words: `sent ${Math.abs(off)} s ${off < 0 ? "ahead" : "ago"}` };
  return {
    ok: false,
    words: `sent ${span(Math.abs(off))} ${off < 0 ? "in the future" : "ago"}, more than five minutes`,
  };
}

function span(seconds: number): string {
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}

/** The kind of signature that matches, of those that are given. */
function matchingVersion({ headers }: Pick<SignatureCheck, "headers">, key: VerifyingKey, body: string): string | null {
  const content = Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`);
  return given(headers).some(([version, signature]) => version === key.version && isMadeBy(key, signature, content))
    ? key.version
    : null;
}

/** `v1,…` pairs: several while a secret is being rotated. */
function given(headers: Headers): [version: string, signature: string][] {
  return (headers["webhook-signature"] ?? "").split(" ").flatMap((part) => {
    const [version = "", signature = ""] = part.split(",");
    return version && signature ? [[version, signature]] : [];
  });
}

function mismatch({ headers }: SignatureCheck, key: VerifyingKey): SignatureFinding {
  const versions = given(headers).map(([version]) => version);
  if (versions.length === 0)
    return { ok: false, words: "webhook-signature has no version and signature, such as v1,…" };
  if (!versions.includes(key.version)) {
    return {
      ok: false,
      words: `the secret makes ${key.version} signatures; the header has only ${versions.join(", ")}`,
    };
  }
  const count = versions.filter((version) => version === key.version).length;
  return {
    ok: false,
    words: count === 1 ? "its one signature is not this secret's" : `none of its ${count} signatures is this secret's`,
  };
}

/** Tries what is commonly done wrong. */
function causeOf(check: SignatureCheck, key: VerifyingKey): string {
  const changed = BODIES.find(({ changed }) => {
    const body = changed(check.body);
    return body !== null && body !== check.body && matchingVersion(check, key, body) !== null;
  });
  if (changed) return changed.advice;
  if (key.version === "v1" && matchingVersion(check, { version: "v1", bytes: Buffer.from(check.secret) }, check.body)) {
    return "The signature was made with the secret's text. Its bytes are what is behind whsec_, decoded from base64.";
  }
  const bare = Buffer.from(check.secret.replace(/^whsec_/, ""));
  if (key.version === "v1" && matchingVersion(check, { version: "v1", bytes: bare }, check.body)) {
    return "The signature was made with the secret's base64 text. Decode it first.";
  }
  return "Either the secret is another one, such as one from before a rotation, or the id, the timestamp or the body are not byte for byte what was sent.";
}

const NEWLINE = "The body here ends otherwise than the one that was signed: a line break was added or lost at its end.";
const BODIES: { changed: (body: string) => string | null; advice: string }[] = [
  { changed: (body) => body.replace(/\r?\n$/, ""), advice: NEWLINE },
  { changed: (body) => `${body}\n`, advice: NEWLINE },
  { changed: (body) => body.trim(), advice: "There is white space around the body that was not signed." },
  {
    changed: (body) => body.replaceAll("\r\n", "\n"),
    advice: "Line breaks were changed from LF to CRLF on the way: check the bytes as they came.",
  },
  {
    changed: (body) => rewritten(body, undefined),
    advice: "What was signed is the compact form: this body was parsed and written anew. Check the raw bytes.",
  },
  {
    changed: (body) => rewritten(body, 2),
    advice: "What was signed is the spread-out form: this body was parsed and written anew. Check the raw bytes.",
  },
];

function rewritten(body: string, indent: number | undefined): string | null {
  try {
    return JSON.stringify(JSON.parse(body), null, indent);
  } catch {
    // Not JSON: nobody has written it anew.
    return null;
  }
}

/** `name: value` lines, as they are copied from a log, a browser or a curl call. */
export function parseHeaderLines(text: string): Headers {
  const headers: Headers = {};
  for (const line of text.split(/\r?\n/)) {
    const [start, name] = HEADER_NAME.exec(line) ?? [];
    if (start && name) headers[name.toLowerCase()] ??= bareValue(line.slice(start.length));
  }
  return headers;
}

const HEADER_NAME = /^\s*(?:-H\s+)?["']?([A-Za-z0-9-]+)["']?\s*[:=]/;
/** What logs and shells put behind a value. */
const BEHIND_VALUE = /["'\s,;\\]/;

/** Character by character: a pattern that looks for the end would try every beginning of it. */
function bareValue(text: string): string {
  const value = text.trimStart().replace(/^["']/, "");
  let end = value.length;
  while (end > 0 && BEHIND_VALUE.test(value[end - 1] ?? "")) end--;
  return value.slice(0, end);
}
