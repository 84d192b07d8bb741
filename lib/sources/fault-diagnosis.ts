import { type Fault, TOLERANCE_SECONDS } from "../providers/call.ts";
import { addSecret, labelOf, otherSender, passedThrough, type Refused, spanOf, type Told } from "./diagnosis-words.ts";
import { traitsOf } from "./provider-fields.ts";
import { intermediaryOf, senderOf } from "./telling-headers.ts";
import { verifiedBy } from "./verified-by.ts";

/** A fault behind which nothing else was found. */
export function toldOfFault(fault: Fault, refused: Refused): Told {
  const { call, provider } = refused;
  switch (fault.code) {
    case "mismatch":
      return unknownSecret(refused);
    case "no_secret":
      return {
        why: "This source has no secret yet, so nothing can be proven.",
        evidence: [["It was kept; it can be verified once there is one."]],
        next: addSecret(provider),
        remedy: "add_secret",
      };
    case "header_missing":
      return missingHeader(fault.header, refused);
    case "header_malformed":
      return {
        why: `The header ${fault.header} is not in the form that ${labelOf(provider)} sends.`,
        evidence: [...otherSender(refused), ...passedThrough(call)],
        next: ["Compare the header below with the provider's description; something may have rewritten or cut it."],
        remedy: "elsewhere",
      };
    case "body_not_signed":
      return {
        why: "Its signature covers the URL only, not the body.",
        evidence: [["There is no ", { code: "bodySHA256" }, " in the URL, or it belongs to another body."]],
        next: [
          `Let ${labelOf(provider)} send forms, or JSON with the hash of the body in the URL; otherwise anyone could change it.`,
        ],
        remedy: "elsewhere",
      };
    case "token":
      return {
        why: `The token was not accepted: ${fault.why}.`,
        evidence: [["It is signed as it should be; what it says is the trouble."]],
        next: ["Let the sender make a fresh token with the issuer, audience and life that this source expects."],
        remedy: "edit_source",
      };
    case "clock":
      return toldOfTime({ seconds: fault.seconds, signed: false }, refused);
  }
}

/** @param signed whether the signature is right apart from its time */
export function toldOfTime(
  { seconds, signed }: { seconds: number; signed: boolean },
  { call, provider }: Refused,
): Told {
  return {
    why: `Its signature is ${spanOf(seconds)} ${seconds > 0 ? "old" : "ahead of our clock"}; ${TOLERANCE_SECONDS} s are allowed.`,
    evidence: [
      signed
        ? ["The signature itself is right: only the time keeps it out."]
        : ["Apart from the time, the signature is not this source's either."],
      ...passedThrough(call),
    ],
    next: [
      seconds > 0
        ? `Look for a queue or a replay between ${labelOf(provider)} and here, and check both clocks. If you know it, accept it.`
        : "Check the clock of this server and of the sender.",
    ],
    remedy: "elsewhere",
  };
}

function unknownSecret({ provider, call, alike }: Refused): Told {
  const { shown, signsUrl } = traitsOf(provider);
  const second = alike?.othersVerify && !shown;
  return {
    why: shown
      ? "It shows a secret that this source does not have."
      : signsUrl
        ? "Signed with a secret this source does not have, or for another URL."
        : "Signed with a secret this source does not have.",
    evidence: [
      shown
        ? ["It shows one in the right place; it is only not one of this source's."]
        : [
            `${verifiedBy(provider, {}).timed ? "Header, time" : "Header"} and body are well formed; only the digest differs.`,
          ],
      ...(signsUrl ? [[`${labelOf(provider)} signs the URL it was given, too.`]] : []),
      ...(call.headers.has("content-encoding")
        ? [["It came compressed; the signature was checked over those bytes."]]
        : []),
    ],
    next: second
      ? [`Add the secret of the other ${labelOf(provider)} webhook that posts here; both will be accepted.`]
      : signsUrl
        ? [...addSecret(provider), " Or paste this source's URL there exactly as shown."]
        : addSecret(provider),
    remedy: "add_secret",
  };
}

/** Nothing was shown where the secret is part of the pasted URL. */
function missingInUrl({ call, provider }: Refused): Told {
  return {
    why: "The URL it called lacks this source's secret, so nothing proves who sent it.",
    evidence: [["Nothing stands in its ", { code: "?secret=" }, "."], ...passedThrough(call)],
    next: [`Paste the URL with its secret at ${labelOf(provider)}: the set-up steps of this source show it.`],
    remedy: "elsewhere",
  };
}

function missingHeader(header: string, refused: Refused): Told {
  const { call, provider } = refused;
  if (traitsOf(provider).secretInUrl) return missingInUrl(refused);
  const sender = senderOf(call);
  const legacy = provider === "github" && call.headers.has("x-hub-signature");
  const unsigned = !legacy && sender === provider;
  return {
    why: `The header ${header} is missing, so nothing proves who sent it.`,
    evidence: [
      ...(legacy ? [["Only the older ", { code: "x-hub-signature" }, " is there, which proves too little."]] : []),
      ...(unsigned ? [[`Its other headers are those of ${labelOf(provider)}, which signs only with a secret.`]] : []),
      ...otherSender(refused),
      ...passedThrough(call),
    ],
    next: unsigned
      ? [`Enter the secret at ${labelOf(provider)} too: without one it signs nothing.`]
      : [
          intermediaryOf(call)
            ? "Check that what stands in front of Posthorn passes the header on; if it was never sent, look who calls this URL."
            : "Look who calls this URL: a browser, a scanner or a test without a signature looks like this.",
        ],
    remedy: "elsewhere",
  };
}
