import { z } from "zod";
import { checkUrl } from "../delivery/address-policy.ts";
import { parseId } from "../ids.ts";
import type { ProviderName } from "../providers/names.ts";
import { storable } from "../storable-text.ts";
import { EVERY_MINUTES, MOST_AT_ONCE } from "./limits.ts";
import { apiOf, type Subject } from "./provider-api.ts";

const sourceId = z
  .string()
  .refine((text) => parseId("src", text) !== null, "This source does not exist")
  .transform((text) => parseId("src", text) ?? "");

export const gapCheckTarget = z.object({ source: sourceId });

/** Without ids, the oldest that are missing. */
export const recoveryInput = z.object({
  ...gapCheckTarget.shape,
  ids: z
    .array(storable(z.string().min(1).max(255)))
    .max(MOST_AT_ONCE)
    .default([]),
});

const OWNER = /^(?!\.{1,2}(\/|$))[A-Za-z0-9_.-]{1,100}(\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100})?$/;
const text = (most: number) => storable(z.string().trim().max(most, `Use at most ${most} characters`)).default("");

/** What the form sends; which of it counts depends on the provider. */
export const gapCheckInput = z.object({
  ...gapCheckTarget.shape,
  /** GitHub: `acme/shop`, or `acme` for an organization's webhook. */
  owner: text(201),
  /** GitHub: the number at the end of the webhook's own page. */
  hook: text(20),
  /** Stripe: the event types that its webhook is for. */
  types: text(5_000),
  /** Where the API is; empty = the provider's own. */
  base: text(500),
  /** Empty = the one that is stored. */
  token: text(1_000).meta({ secret: true }),
  everyMinutes: z.coerce
    .number()
    .refine((minutes) => EVERY_MINUTES.some((known) => known === minutes), "Choose one of the intervals")
    .default(60),
});
export type GapCheckInput = z.infer<typeof gapCheckInput>;

type Wrong = { field: "owner" | "hook" | "types" | "base" | "token"; message: string };

/** What the API is asked about, or which field is wrong. */
export function subjectOf(provider: ProviderName, input: GapCheckInput): { subject: Subject } | Wrong {
  const { owner, hook, types, base } = input;
  const wrong = (base && baseProblem(base)) || (provider === "github" && githubProblem(owner, hook));
  if (wrong) return wrong;
  const about: Subject = provider === "github" ? { owner, hook } : { types };
  const elsewhere = base.replace(/\/+$/, "");
  return { subject: elsewhere && elsewhere !== apiOf(provider)?.base ? { ...about, base: elsewhere } : about };
}

function githubProblem(owner: string, hook: string): Wrong | null {
  if (!OWNER.test(owner)) {
    return { field: "owner", message: "Give owner/repository, such as acme/shop, or an organization's name" };
  }
  if (!/^\d{1,19}$/.test(hook)) {
    return { field: "hook", message: "Give the number at the end of the webhook's page on GitHub" };
  }
  return null;
}

/** A token in clear on the way is everybody's: only this machine may be asked without TLS. */
function baseProblem(base: string): Wrong | null {
  const checked = checkUrl(base);
  if (!checked.ok) return { field: "base", message: checked.problem };
  const { protocol, hostname, search } = checked.url;
  if (search) return { field: "base", message: "Leave out the part after ?" };
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return protocol === "https:" || isHere ? null : { field: "base", message: "Give a URL that starts with https://" };
}
