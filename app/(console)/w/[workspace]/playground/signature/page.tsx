import type { Metadata } from "next";
import { SignatureForm } from "@/components/playground/signature-form";
import { Section } from "@/components/ui/card";
import { requireActor } from "@/lib/web/session.ts";
import { checkSignatureAction } from "./actions";

export const metadata: Metadata = { title: "Signature" };

export default async function SignaturePage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await requireActor((await params).workspace);
  return (
    <Section title="Check a signature" className="mt-5 max-w-180">
      <p className="mb-4 text-fg-2 text-sm">
        Paste a request as your app got it and the endpoint&rsquo;s secret: it says whether the signature is genuine,
        and if not, why. Nothing of it is kept.
      </p>
      <SignatureForm slug={workspace.slug} action={checkSignatureAction} />
    </Section>
  );
}
