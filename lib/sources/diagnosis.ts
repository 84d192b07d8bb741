import type { ProviderName } from "../providers/names.ts";
import type { Alteration } from "./altered-bodies.ts";
import {
  addSecret,
  type Diagnosis,
  labelOf,
  type Piece,
  passedThrough,
  type Refused,
  type Told,
  upperFirst,
} from "./diagnosis-words.ts";
import { toldOfFault, toldOfTime } from "./fault-diagnosis.ts";
import { traitsOf } from "./provider-fields.ts";
import type { Finding } from "./second-look.ts";
import type { SecretForm } from "./secret-forms.ts";
import type { AddressChange } from "./signed-addresses.ts";
import type { RequestFault } from "./states.ts";

/** What a chip says of a fault, for lists. */
export function faultLabel(fault: RequestFault | null, provider: ProviderName): string {
  if (!fault) return "Refused";
  return (traitsOf(provider).shown && SHOWN_LABELS[fault.code]) || LABELS[fault.code];
}

const LABELS = {
  header_missing: "No signature",
  header_malformed: "Malformed signature",
  clock: "Wrong time",
  mismatch: "Bad signature",
  body_not_signed: "Body not signed",
  no_secret: "No secret yet",
  token: "Bad token",
  address: "Wrong address",
  unparsable: "Unparsable",
} satisfies Record<RequestFault["code"], string>;

/** Where nothing is signed. */
const SHOWN_LABELS: Partial<Record<RequestFault["code"], string>> = {
  header_missing: "Secret missing",
  header_malformed: "Malformed secret",
  mismatch: "Wrong secret",
};

/** Why a request was not believed, what that rests on, and what to do. Never what the right signature would have been. */
export function diagnosisOf(refused: Refused, finding: Finding): Diagnosis {
  const label = faultLabel(refused.fault, refused.provider);
  const told = FINDINGS[finding.name](finding as never, refused);
  return { label, ...told, evidence: [...told.evidence, ...alikeLines(refused)] };
}

type Teller<N extends Finding["name"]> = (finding: Extract<Finding, { name: N }>, refused: Refused) => Told;

const FINDINGS: { [N in Finding["name"]]: Teller<N> } = {
  verifies_now: (_finding, { provider }) => ({
    why: "It verifies with what this source knows now.",
    evidence: [[`It was refused with what the source knew when it came; ${labelOf(provider)} may not send it again.`]],
    next: ["Re-verify it: it goes on as if it had been accepted when it came."],
    remedy: "reverify",
  }),
  ended_secret: ({ endedAt }) => ({
    why: "Signed with a secret of this source that has ended.",
    evidence: [["That secret stopped proving requests at ", { at: endedAt }, "."]],
    next: ["Finish the change of secrets at the sender, or add the old secret again while it goes on."],
    remedy: "add_secret",
  }),
  other_source: ({ source }) => ({
    why: `Signed for another source of this workspace: ${source.name}.`,
    evidence: [["A secret of ", { sourceId: source.id, name: source.name }, " gives exactly this signature."]],
    next: [
      "Paste the URL of ",
      { sourceId: source.id, name: source.name },
      " at the sender; or add its secret here, if both are meant to come in by this URL.",
    ],
    remedy: "open_other",
  }),
  secret_form: ({ form }) => ({
    why: FORM_WHY[form],
    evidence: [["The signature fits once that is put right; the body and the header are as they were sent."]],
    next: ["Add the secret again as the provider shows it, then end the wrong one."],
    remedy: "add_secret",
  }),
  scheme: ({ setting, value }) => ({
    why: `The secret is right, and the signature is made with another ${setting}: ${value}.`,
    evidence: [["The same secret and body give this signature with that setting."]],
    next: [`Set the ${setting} of this source's signature to ${value}, then re-verify.`],
    remedy: "edit_source",
  }),
  body_altered: ({ how }, { call }) => ({
    why: "The body was altered on the way; the secret is right.",
    evidence: [[ALTERED[how]], ...passedThrough(call)],
    next: ["Let what stands in front of Posthorn pass the body on untouched. Until then, accept what you trust."],
    remedy: "elsewhere",
  }),
  url_altered: ({ how }, { call, provider }) => ({
    why: `${labelOf(provider)} signed another address than this source's.`,
    evidence: [[ADDRESSED[how]], ...passedThrough(call)],
    next: ["Paste this source's URL there exactly as shown, or correct PUBLIC_URL if the shown one is wrong."],
    remedy: "elsewhere",
  }),
  other_kind: ({ kind }, refused) => ({
    why: `The secret of this source looks like ${kind}, not like what signs.`,
    evidence: [["Header and body are well formed; only the digest differs."]],
    next: addSecret(refused.provider),
    remedy: "add_secret",
  }),
  clock: toldOfTime,
  fault: ({ fault }, refused) => toldOfFault(fault, refused),
};

/** What happens before or after the proof, and has no second look. */
export function diagnosisOfOther(
  refused: Refused & { fault: Extract<RequestFault, { code: "address" | "unparsable" }> },
) {
  const { fault, provider, call } = refused;
  const told: Told =
    fault.code === "address"
      ? {
          why: "It came from an address outside the ranges of this source.",
          evidence: passedThrough(call),
          next: ["Add the range if the sender is genuine. Behind a proxy, check that its address is trusted."],
          remedy: "edit_source",
        }
      : {
          why: "It is proven, and its body is not what it should be.",
          evidence: [[`${upperFirst(fault.why).replace(/[.\s]+$/, "")}.`], ...passedThrough(call)],
          next: [
            `Ask ${labelOf(provider)} for it again, or accept it as it is: its event carries the bytes as they came.`,
          ],
          remedy: "elsewhere",
        };
  return { label: faultLabel(fault, provider), ...told, evidence: [...told.evidence, ...alikeLines(refused)] };
}

function alikeLines({ alike }: Refused): Piece[][] {
  if (!alike || alike.count < 2) return [];
  const count = `${alike.atLeast ? "More than " : "All "}${alike.count.toLocaleString("en").replaceAll(",", "\u202f")}`;
  const since: Piece[] = [`${count} like it since `, { at: alike.since }];
  if (!alike.types || alike.types.length === 0) return [[...since, " ended the same way."]];
  const types = alike.types.flatMap((type, index): Piece[] => [index > 0 ? ", " : " are ", { code: type }]);
  const guess = alike.othersVerify ? ". Other types verify, so a second webhook probably posts here." : ".";
  return [[...since, ...types, guess]];
}

const FORM_WHY = {
  space: "The secret of this source has white space around it that does not belong to it.",
  quotes: "The secret of this source was stored with its quotation marks.",
  prefix: "The secret of this source is right but for its prefix, whsec_.",
  percent: "The secret of this source was stored percent-encoded.",
  entities: "The secret of this source was stored with HTML entities, such as &amp; for &.",
  base64: "The secret of this source is right, in another encoding: text instead of base64, or the other way round.",
  scheme: "The secret of this source was stored with the word that stands before it.",
} satisfies Record<SecretForm, string>;

const ALTERED = {
  newline_added: "The signature fits the body without the line end at its end.",
  newline_removed: "The signature fits the body with a line end at its end, which is gone.",
  line_ends: "The signature fits the body with other line ends: something has changed CR LF and LF.",
  byte_order_mark: "The signature fits the body but for a byte order mark at its beginning.",
  unpacked: "The signature fits the body as it was before it was compressed.",
  spaces: "The signature fits the same JSON with other white space: something has read and written it anew.",
  escapes: "The signature fits the same JSON with other escapes: something has read and written it anew.",
  form: "The signature fits the same form in another encoding: something has read and written it anew.",
} satisfies Record<Alteration, string>;

const ADDRESSED = {
  scheme: "The signature fits the same address with the other of http and https.",
  slash: "The signature fits the same address but for the slash at its end.",
  host: "The signature fits the same path under the host that the call names.",
  query: "The signature fits the same address without its query.",
} satisfies Record<AddressChange, string>;
