import type { Metadata } from "next";
import { LinkButton } from "@/components/ui/button";

export const metadata: Metadata = { title: "Forgot password" };

export default function ForgotPasswordPage() {
  return (
    <>
      <h1 className="mb-3 text-xl">Forgot your password?</h1>
      <div className="grid gap-3 text-fg-2">
        <p>Ask an owner of your workspace for a reset link. They make one under Settings, Team.</p>
        <p>
          If you are the only owner, run this on the machine where Posthorn is installed. It prints a link that works
          once.
        </p>
        <pre className="mono overflow-x-auto rounded-card border bg-surface px-3 py-2 text-fg">
          npm run reset-password -- you@example.com
        </pre>
      </div>
      <LinkButton href="/sign-in" className="mt-5">
        Back to sign in
      </LinkButton>
    </>
  );
}
