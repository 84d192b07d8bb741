import Link from "next/link";
import { CodeBlock } from "@/components/ui/code-block";
import { HeaderTable } from "@/components/ui/header-table";
import type { AttemptRow } from "@/lib/reports/delivery.ts";
import { NotYet } from "./not-yet";

const SIGNED_HEADERS = ["webhook-id", "webhook-timestamp", "webhook-signature"];
/** Of a long body the beginning shows what is signed well enough. */
const SHOWN_CHARACTERS = 2_000;

type SignatureTabProps = { attempt: AttemptRow | null; body: Buffer | null; snippetsHref: string };

/** What was signed, how, and how a receiver checks it. */
export function SignatureTab({ attempt, body, snippetsHref }: SignatureTabProps) {
  if (!attempt) return <NotYet />;
  const headers = (attempt.requestHeaders ?? []).filter(([name]) => SIGNED_HEADERS.includes(name.toLowerCase()));
  const [id, timestamp] = SIGNED_HEADERS.map((wanted) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1]);
  if (!id || !timestamp) {
    return <p className="text-fg-2 text-sm">No request was sent on this attempt, so nothing was signed.</p>;
  }
  const text = body?.toString("utf8") ?? "…";
  const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
  return (
    <>
      <p className="max-w-160 text-fg-2 text-sm">
        Three parts, joined by dots, are signed with the endpoint's secret: the event's ID, the time of this attempt in
        Unix seconds, and the body byte for byte. A change in any of them breaks the signature.
      </p>
      <CodeBlock label="Signed content" code={`${id}.${timestamp}.${shown}`} wrap />
      <HeaderTable label="Signature headers" headers={headers} />
      <ul className="grid max-w-160 list-disc gap-1 pl-4 text-fg-2 text-sm marker:text-fg-3">
        <li>
          <code className="mono">v1,</code> is followed by the base64 of an HMAC-SHA256. The key is the secret after{" "}
          <code className="mono">whsec_</code>, decoded from base64.
        </li>
        <li>
          <code className="mono">v1a,</code> is followed by the base64 of an Ed25519 signature, which the public key
          after <code className="mono">whpk_</code> verifies.
        </li>
        <li>While a secret is being rotated there are two signatures with a space between; either may match.</li>
        <li>Receivers refuse a timestamp more than five minutes off, so a copied request soon stops verifying.</li>
        <li>The ID stays the same over all attempts: receivers tell repeats by it.</li>
      </ul>
      <p className="text-sm">
        <Link href={snippetsHref} className="link">
          Verify in code
        </Link>
        , with this endpoint's secret.
      </p>
    </>
  );
}
