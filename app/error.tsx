"use client";

import { ErrorPage, type ErrorPageProps } from "@/components/ui/error-page";

export default function ErrorBoundary(props: ErrorPageProps) {
  return (
    <main>
      <ErrorPage {...props} />
    </main>
  );
}
