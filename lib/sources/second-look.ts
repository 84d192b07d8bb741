import { setImmediate } from "node:timers/promises";
import type { Call, Fault } from "../providers/call.ts";
import { ALGORITHMS, ENCODINGS } from "../providers/digest.ts";
import { DEFAULT_SIGNATURE } from "../providers/hmac.ts";
import type { ProviderName } from "../providers/names.ts";
import { providerOf } from "../providers/registry.ts";
import type { Settings } from "../providers/settings.ts";
import { type Alteration, originalsOf } from "./altered-bodies.ts";
import { proveWithKeys } from "./jwks.ts";
import { formsOf, otherKindOf, type SecretForm } from "./secret-forms.ts";
import { type AddressChange, signedAddresses } from "./signed-addresses.ts";

export type OtherSource = { id: string; name: string; provider: ProviderName; settings: Settings; secrets: string[] };

/** A refused call as it came, and all that it may be held against. */
export type Look = {
  provider: ProviderName;
  settings: Settings;
  /** The active ones, newest first. */
  secrets: string[];
  /** Those that proved calls once. */
  ended: { secret: string; endedAt: Date }[];
  /** The workspace's other sources. */
  others: OtherSource[];
  call: Call;
};

/** What was found behind a fault; `fault` is what it still is when nothing was. */
export type Finding =
  /** Something was corrected since. */
  | { name: "verifies_now" }
  | { name: "ended_secret"; endedAt: Date }
  | { name: "other_source"; source: Pick<OtherSource, "id" | "name" | "provider"> }
  | { name: "secret_form"; form: SecretForm }
  | { name: "scheme"; setting: "encoding" | "algorithm"; value: string }
  | { name: "body_altered"; how: Alteration }
  | { name: "url_altered"; how: AddressChange }
  | { name: "other_kind"; kind: string }
  /** The signature is right, its time is not. */
  | { name: "clock"; seconds: number; signed: boolean }
  | { name: "fault"; fault: Fault };

const MOST_SECRETS = 5;
const MOST_OTHERS = 20;

/** Looks again at what was refused, with everything that is known by now. It says what fits, never what would be right. */
export async function secondLook(look: Look): Promise<Finding> {
  const fault = await faultOf(look, look.call, look.secrets);
  if (fault === null) return { name: "verifies_now" };
  if (fault.code === "clock") return whenSigned(look, fault.seconds);
  if (fault.code !== "mismatch" && fault.code !== "no_secret") return { name: "fault", fault };
  return (await behindMismatch(look)) ?? { name: "fault", fault };
}

async function behindMismatch(look: Look): Promise<Finding | null> {
  const { call, secrets, provider } = look;
  for (const { secret, endedAt } of look.ended.slice(0, MOST_SECRETS)) {
    if (await isProven(look, call, [secret])) return { name: "ended_secret", endedAt };
  }
  const other = await signedForAnother(look);
  if (other) return other;
  for (const secret of secrets.slice(0, MOST_SECRETS)) {
    for (const { form, secret: meant } of formsOf(secret)) {
      if (await isProven(look, call, [meant])) return { name: "secret_form", form };
    }
  }
  const scheme = provider === "hmac" ? await otherScheme(look) : null;
  if (scheme) return scheme;
  for (const { how, url } of signedAddresses(look)) {
    if (await isProven(look, { ...call, url }, secrets)) return { name: "url_altered", how };
  }
  for (const { how, body } of originalsOf(call)) {
    if (await isProven(look, { ...call, body }, secrets)) return { name: "body_altered", how };
  }
  const kind = otherKindOf(provider, secrets);
  return kind === null ? null : { name: "other_kind", kind };
}

async function signedForAnother({ others, call, provider }: Look): Promise<Finding | null> {
  const alike = others.filter((source) => source.provider === provider && source.secrets.length > 0);
  for (const source of alike.slice(0, MOST_OTHERS)) {
    const { id, name, secrets } = source;
    if (await isProven(source, call, secrets.slice(0, MOST_SECRETS))) {
      return { name: "other_source", source: { id, name, provider } };
    }
  }
  return null;
}

/** Signed with the right secret, in another way than the source was told. */
async function otherScheme(look: Look): Promise<Finding | null> {
  const { signature = DEFAULT_SIGNATURE } = look.settings;
  const tries = [
    ...ENCODINGS.map((value) => ({
      setting: "encoding" as const,
      value,
      signature: { ...signature, encoding: value },
    })),
    ...ALGORITHMS.flatMap((value) =>
      ENCODINGS.map((encoding) => ({
        setting: "algorithm" as const,
        value,
        signature: { ...signature, algorithm: value, encoding },
      })),
    ),
  ];
  for (const { setting, value, signature: tried } of tries) {
    if (await isProven({ ...look, settings: { ...look.settings, signature: tried } }, look.call, look.secrets)) {
      return { name: "scheme", setting, value };
    }
  }
  return null;
}

/** Whether a call that came too late, or too early, was signed by one who knows the secret. */
async function whenSigned(look: Look, seconds: number): Promise<Finding> {
  const receivedAt = new Date(look.call.receivedAt.getTime() - seconds * 1_000);
  return { name: "clock", seconds, signed: await isProven(look, { ...look.call, receivedAt }, look.secrets) };
}

type Held = { provider: ProviderName; settings: Settings };

/** There are a hundred tries over up to a megabyte: other calls are heard in between. */
async function isProven(held: Held, call: Call, secrets: readonly string[]): Promise<boolean> {
  await setImmediate();
  return (await faultOf(held, call, secrets)) === null;
}

async function faultOf({ provider, settings }: Held, call: Call, secrets: readonly string[]): Promise<Fault | null> {
  const proof = await proveWithKeys(settings, (filledIn) => providerOf(provider).prove(call, secrets, filledIn));
  return proof.proven ? null : proof.fault;
}
