import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { z } from "zod";
import { Field } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { signUpMode } from "@/lib/accounts/sign-up.ts";
import { safePath } from "@/lib/web/safe-path.ts";
import { currentUser } from "@/lib/web/session.ts";
import { signInAction } from "../actions";

export const metadata: Metadata = { title: "Sign in" };

const search = z.object({ next: z.string().optional().catch(undefined) });

export default async function SignInPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const next = safePath(search.parse(await searchParams).next);
  if (await currentUser()) redirect(next);
  const mode = await signUpMode();

  return (
    <>
      <h1 className="mb-5 text-xl">Sign in</h1>
      <ActionForm action={signInAction}>
        <div className="grid gap-4">
          <input type="hidden" name="next" value={next} />
          <Field name="email" label="Email">
            <Input type="email" autoComplete="username" required />
          </Field>
          <Field name="password" label="Password">
            <Input type="password" autoComplete="current-password" required />
          </Field>
          <SubmitButton className="mt-1 w-full">Sign in</SubmitButton>
        </div>
      </ActionForm>
      <p className="mt-5 flex flex-wrap justify-between gap-2 text-fg-3 text-xs">
        {mode === "closed" ? (
          "New people join by invitation."
        ) : (
          <Link href="/sign-up" className="link">
            Create an account
          </Link>
        )}
        <Link href="/forgot-password" className="link">
          Forgot password
        </Link>
      </p>
    </>
  );
}
