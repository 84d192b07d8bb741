import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { z } from "zod";
import { Field } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { setUpToken } from "@/lib/accounts/set-up-token.ts";
import { signUpMode } from "@/lib/accounts/sign-up.ts";
import { currentUser } from "@/lib/web/session.ts";
import { signUpAction } from "../actions";
import { NewPasswordField } from "../new-password-field";

export const metadata: Metadata = { title: "Create an account" };

const search = z.object({ token: z.string().max(100).optional().catch(undefined) });

export default async function SignUpPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const { token } = search.parse(await searchParams);
  if (await currentUser()) redirect("/");
  const mode = await signUpMode();
  if (mode === "closed") redirect("/sign-in");
  const needsToken = mode === "first" && setUpToken() !== null;

  return (
    <>
      <h1 className="text-xl">{mode === "first" ? "Set up Posthorn" : "Create an account"}</h1>
      <p className="mt-1 mb-5 text-fg-2 text-sm">
        {mode === "first"
          ? "You are the first here and become the owner. Everybody else joins by your invitation."
          : "You get a workspace of your own."}
      </p>
      <ActionForm action={signUpAction}>
        <div className="grid gap-4">
          {needsToken && (
            <Field name="setUpToken" label="Set-up token" hint="Printed in the log when Posthorn started">
              <Input mono autoComplete="off" defaultValue={token} required />
            </Field>
          )}
          <Field name="name" label="Name">
            <Input autoComplete="name" required />
          </Field>
          <Field name="email" label="Email">
            <Input type="email" autoComplete="username" required />
          </Field>
          <NewPasswordField />
          <SubmitButton className="mt-1 w-full">Create account</SubmitButton>
        </div>
      </ActionForm>
      {mode === "open" && (
        <p className="mt-5 text-fg-3 text-xs">
          Already have an account?{" "}
          <Link href="/sign-in" className="link">
            Sign in
          </Link>
        </p>
      )}
    </>
  );
}
