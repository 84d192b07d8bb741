"use client";

import { useEffect } from "react";
import { buttonClass } from "./button-class";
import { ProblemPage } from "./problem-page";

export type ErrorPageProps = { error: unknown; retry: () => void };

/** What an error boundary shows. Of the error itself only its digest reaches the browser in production. */
export function ErrorPage({ error, retry }: ErrorPageProps) {
  useEffect(() => console.error(error), [error]);
  const digest = digestOf(error);
  const needed = /^FORBIDDEN;(\w+)$/.exec(digest ?? "")?.[1];
  if (needed) {
    return (
      <ProblemPage title="Your role does not allow this">
        <p>
          This page needs the role <strong className="text-fg">{needed}</strong> or a higher one. Owners and admins can
          change your role under Settings, Team.
        </p>
      </ProblemPage>
    );
  }
  return (
    <ProblemPage
      title="This page could not be shown"
      reference={digest}
      actions={
        <button type="button" onClick={retry} className={buttonClass({ variant: "primary" })}>
          Try again
        </button>
      }
    >
      <p>
        Something went wrong on our side. Nothing was changed or lost. If it stays like this,{" "}
        {digest ? "the reference below leads to the line in the server's log." : "reload the page."}
      </p>
    </ProblemPage>
  );
}

function digestOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("digest" in error)) return undefined;
  return typeof error.digest === "string" ? error.digest : undefined;
}
