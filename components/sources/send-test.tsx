import Link from "next/link";
import { CodeBlock } from "@/components/ui/code-block";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { SourceStatus } from "@/lib/sources/states.ts";
import type { TestPreview } from "@/lib/sources/test-request.ts";
import type { FormAction } from "@/lib/web/action.ts";
import { can, leastRoleFor, type Role } from "@/lib/workspaces/roles.ts";

type SendTestProps = {
  action: FormAction;
  slug: string;
  /** The outside id. */
  source: string;
  /** Its provider's own name. */
  provider: string;
  status: SourceStatus;
  /** Whether its calls prove anything at all. */
  isProven: boolean;
  preview: TestPreview;
  role: Role;
};

/** A realistic call, and the button that sends it; or why there is none. */
export function SendTest({ action, slug, source, provider, status, isProven, preview, role }: SendTestProps) {
  const href = `/w/${slug}/sources/${source}`;
  if (preview.result !== "made") {
    return (
      <p className="text-fg-2 text-sm">
        {WHY_NOT[preview.result]({ status })}{" "}
        {can(role, "configure") && preview.result !== "verify_only" && (
          <Link href={preview.result === "no_secret" ? `${href}/set-up` : `${href}/edit`} className="link">
            {preview.result === "no_secret" ? "Add a secret" : "Change its status"}
          </Link>
        )}
      </p>
    );
  }
  const { type, contentType, body } = preview;
  return (
    <>
      <p className="max-w-prose text-fg-2 text-sm">
        {isProven ? "Signed with this source's own secret as the sender would, it" : "It"} goes through this source like
        any request: verified, kept, and delivered to every endpoint that wants it. It is marked as a test, and
        statistics leave it out.
      </p>
      <CodeBlock
        label="Body"
        meta={`${provider} · ${type ?? "no type"}`}
        code={body}
        language={contentType === "application/json" ? "json" : undefined}
        wrap={contentType !== "application/json"}
        className="mt-3 [&_pre]:max-h-72"
      />
      <div className="mt-3">
        {can(role, "send") ? (
          <ActionForm action={action} workspace={slug}>
            <input type="hidden" name="source" value={source} />
            <SubmitButton>Send test request</SubmitButton>
          </ActionForm>
        ) : (
          <p className="text-fg-2 text-sm">Sending needs the role {leastRoleFor("send")} or a higher one.</p>
        )}
      </div>
    </>
  );
}

const WHY_NOT = {
  not_found: () => "This source does not exist any more.",
  no_secret: () => "There is no secret to sign a test request with yet.",
  verify_only: () => "This source knows only public keys: they verify what the sender signs, and cannot sign.",
  closed: ({ status }: { status: SourceStatus }) => `This source is ${status} and takes no requests, tests included.`,
};
