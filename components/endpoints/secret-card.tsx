import { LinkButton } from "@/components/ui/button";
import { Card, Section } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import type { Signature } from "@/lib/endpoints/states.ts";
import type { FormAction } from "@/lib/web/action.ts";
import { RevealProvider, SecretValue } from "./reveal";
import { SecretOverlap, type SigningSecret } from "./secret-overlap";

type SecretCardProps = {
  slug: string;
  /** The outside id. */
  endpoint: string;
  signature: Signature;
  secrets: SigningSecret[];
  reveal: FormAction;
  /** False for roles that may not see secrets. */
  allowed: boolean;
  zone: string;
  now: Date;
};

/** The signing secret, masked; during a rotation the old one beside it, and how long both sign. */
export function SecretCard({ slug, endpoint, signature, secrets, reveal, allowed, zone, now }: SecretCardProps) {
  const href = `/w/${slug}/endpoints/${endpoint}`;
  const byKey = signature === "ed25519";
  const current = secrets.find(({ expiresAt }) => expiresAt === null);
  const old = secrets.filter(({ expiresAt }) => expiresAt !== null).reverse();
  return (
    <Section
      id="secret"
      title={byKey ? "Public key" : "Signing secret"}
      className="mt-6"
      actions={
        <>
          {allowed && (
            <LinkButton size="sm" href={`${href}?dialog=rotate`} scroll={false}>
              Rotate…
            </LinkButton>
          )}
          <TextLink href={`${href}/verify`}>Verify in code</TextLink>
        </>
      }
    >
      <Card>
        <RevealProvider action={reveal} workspace={slug} endpoint={endpoint}>
          <Line word={old.length > 0 ? "New" : byKey ? "Key" : "Secret"}>
            {allowed ? (
              <SecretValue
                name="current"
                noun={byKey ? "public key" : "signing secret"}
                prefix={byKey ? "whpk_" : "whsec_"}
              />
            ) : (
              <Denied />
            )}
          </Line>
          {old.map(({ id }, index) => (
            <Line key={id} word={index === 0 ? "Old" : `Old ${index + 1}`}>
              {allowed ? <SecretValue name={id} noun="old secret" prefix="" /> : <Denied />}
              {allowed && index === 0 && (
                <LinkButton size="sm" variant="quiet" href={`${href}?dialog=end-old`} scroll={false}>
                  End now…
                </LinkButton>
              )}
            </Line>
          ))}
        </RevealProvider>
        {current && old.length > 0 && <SecretOverlap current={current} old={old} zone={zone} now={now} />}
      </Card>
    </Section>
  );
}

function Line({ word, children }: { word: string; children: React.ReactNode }) {
  return (
    <div className="flex min-h-10 items-center gap-1 border-b py-1 pr-1 pl-4 text-sm last:border-b-0">
      <span className="w-16 shrink-0 font-medium">{word}</span>
      {children}
    </div>
  );
}

function Denied() {
  return <span className="text-fg-2">Shown from the role developer on.</span>;
}
