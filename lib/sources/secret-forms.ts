import type { ProviderName } from "../providers/names.ts";

/** How a stored secret differs from the one that signs. */
export const SECRET_FORMS = ["space", "quotes", "prefix", "percent", "entities", "base64", "scheme"] as const;
export type SecretForm = (typeof SECRET_FORMS)[number];

const PREFIX = "whsec_";
const ENTITIES: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#039;": "'" };
const PRINTABLE = /^[\x20-\x7e]+$/;

/** What a person may have meant, made from what was stored. */
export function* formsOf(secret: string): Generator<{ form: SecretForm; secret: string }> {
  const bare = secret.trim();
  if (bare !== secret) yield { form: "space", secret: bare };
  const unquoted = /^(["'`])(.*)\1$/.exec(bare)?.[2];
  if (unquoted !== undefined) yield { form: "quotes", secret: unquoted };
  if (bare.startsWith(PREFIX)) yield { form: "prefix", secret: bare.slice(PREFIX.length) };
  else yield { form: "prefix", secret: PREFIX + bare };
  const word = /^(?:bearer|basic|token|sha256=|sha1=)\s*(\S+)$/i.exec(bare)?.[1];
  if (word !== undefined) yield { form: "scheme", secret: word };
  const plain = percentDecoded(bare);
  if (plain !== null) yield { form: "percent", secret: plain };
  const text = bare.replace(/&(?:amp|lt|gt|quot|#039);/g, (entity) => ENTITIES[entity] ?? entity);
  if (text !== bare) yield { form: "entities", secret: text };
  yield* inBase64(bare.startsWith(PREFIX) ? bare.slice(PREFIX.length) : bare);
}

/** Stored as base64 and used as text, or the other way round. */
function* inBase64(secret: string): Generator<{ form: SecretForm; secret: string }> {
  const decoded = Buffer.from(secret, "base64");
  const isBase64 = secret.length >= 8 && decoded.toString("base64") === secret;
  const text = decoded.toString("latin1");
  if (isBase64 && PRINTABLE.test(text)) yield { form: "base64", secret: text };
  yield { form: "base64", secret: Buffer.from(secret).toString("base64") };
}

function percentDecoded(text: string): string | null {
  if (!text.includes("%")) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that is part of the secret.
    return null;
  }
}

/** Other things that the provider hands out, by what they begin with or look like. */
const OTHER_KINDS: Partial<Record<ProviderName, [RegExp, string][]>> = {
  stripe: [[/^(?:sk|rk|pk)_(?:live|test)_/, "an API key"]],
  github: [[/^(?:gh[pousr]_|github_pat_)/, "an access token"]],
  shopify: [
    [/^shp(?:at|ca|pa)_/, "an access token"],
    [/^[0-9a-f]{32}$/, "an API key, or the secret of an older app"],
  ],
  slack: [
    [/^xox[a-z]-/, "an access token"],
    [/^xapp-/, "an app-level token"],
    [/^[A-Za-z0-9]{24}$/, "the verification token"],
  ],
  twilio: [[/^(?:SK|AC)[0-9a-f]{32}$/, "an SID"]],
  mandrill: [[/^[\w-]{22}$/, "maybe an API key"]],
  woocommerce: [[/^ck_[0-9a-f]{40}$/, "a consumer key"]],
  svix: [[/^(?:sk|testsk)_/, "an API key"]],
};

/** What a stored secret seems to be instead of the one that signs, or null. It is never a reason by itself. */
export function otherKindOf(provider: ProviderName, secrets: readonly string[]): string | null {
  for (const secret of secrets) {
    const found = OTHER_KINDS[provider]?.find(([shape]) => shape.test(secret.trim()));
    if (found) return found[1];
  }
  return null;
}
