import Link from "next/link";
import { CodeBlock } from "@/components/ui/code-block";
import { Field } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { HeaderTable } from "@/components/ui/header-table";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { SignedParts } from "@/lib/delivery/check-signature.ts";
import type { WholeAttempt } from "@/lib/reports/delivery.ts";
import { verifySecretAction } from "./actions";
import { NotYet } from "./not-yet";
import { signedParts } from "./signed-parts";

/** Of a long body the beginning shows what is signed well enough. */
const SHOWN_CHARACTERS = 2_000;

type SignatureTabProps = {
  attempt: WholeAttempt | null;
  body: Buffer | null;
  snippetsHref: string;
  /** The workspace's slug, and the delivery's outside id; null where nobody can type. */
  verify: { slug: string; delivery: string } | null;
};

/** What was signed, how, whether a secret fits, and how a receiver checks it. */
export function SignatureTab({ attempt, body, snippetsHref, verify }: SignatureTabProps) {
  if (!attempt) return <NotYet />;
  const parts = signedParts(attempt, body ?? Buffer.from("…"));
  if (!parts) return <p className="text-fg-2 text-sm">No request was sent on this attempt, so nothing was signed.</p>;
  return (
    <>
      {body && verify && <VerifyForm attempt={attempt.number} {...verify} />}
      <SignedContent parts={parts} />
      <HeaderTable
        label="Signature headers"
        headers={[
          ["webhook-id", parts.id],
          ["webhook-timestamp", parts.timestamp],
          ["webhook-signature", parts.signatures],
        ]}
      />
      <HowItWorks count={parts.signatures.split(" ").length} />
      <p className="text-sm">
        <Link href={snippetsHref} className="link">
          Verify in code
        </Link>
        , with this endpoint's secret.
      </p>
    </>
  );
}

function VerifyForm({ attempt, slug, delivery }: { attempt: number; slug: string; delivery: string }) {
  return (
    <ActionForm action={verifySecretAction} workspace={slug} className="max-w-160">
      <input type="hidden" name="delivery" value={delivery} />
      <input type="hidden" name="attempt" value={attempt} />
      <Field
        name="secret"
        label="Verify with my secret"
        hint="What your receiver has, whsec_… or whpk_…: it is compared with this attempt's signature and not stored."
      >
        <div className="flex gap-2">
          <Input type="password" mono autoComplete="off" spellCheck={false} placeholder="whsec_…" />
          <SubmitButton variant="secondary">Verify</SubmitButton>
        </div>
      </Field>
    </ActionForm>
  );
}

function SignedContent({ parts: { id, timestamp, body } }: { parts: SignedParts }) {
  const text = body.toString("utf8");
  const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
  const sentAt = new Date(Number(timestamp) * 1_000);
  return (
    <div className="grid gap-2">
      <p className="max-w-160 text-fg-2 text-sm">
        Three parts, joined by dots, are signed with the endpoint's secret: the event's ID, the time of this attempt in
        Unix seconds
        {Number.isNaN(sentAt.getTime()) ? (
          ""
        ) : (
          <>
            {" "}
            (<Time at={sentAt} />)
          </>
        )}
        , and the body byte for byte. A change in any of them breaks the signature.
      </p>
      <CodeBlock label="Signed content" code={`${id}.${timestamp}.${shown}`} wrap />
    </div>
  );
}

function HowItWorks({ count }: { count: number }) {
  return (
    <ul className="grid max-w-160 list-disc gap-1 pl-4 text-fg-2 text-sm marker:text-fg-3">
      {count > 1 && <li>There are {count} signatures: a secret is being rotated, and either may match.</li>}
      <li>
        <code className="mono">v1,</code> is followed by the base64 of an HMAC-SHA256. The key is the secret after{" "}
        <code className="mono">whsec_</code>, decoded from base64.
      </li>
      <li>
        <code className="mono">v1a,</code> is followed by the base64 of an Ed25519 signature, which the public key after{" "}
        <code className="mono">whpk_</code> verifies.
      </li>
      <li>Receivers refuse a timestamp more than five minutes off, so a copied request soon stops verifying.</li>
      <li>The ID stays the same over all attempts: receivers tell repeats by it.</li>
    </ul>
  );
}
