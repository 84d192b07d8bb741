"use client";

import { ErrorPage, type ErrorPageProps } from "@/components/ui/error-page";

export default function ErrorBoundary(props: ErrorPageProps) {
  return <ErrorPage {...props} />;
}
