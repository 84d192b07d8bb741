"use client";

import { ErrorPage, type ErrorPageProps } from "@/components/ui/error-page";
import "./globals.css";

/** When even the root layout fails: it brings its own document. */
export default function GlobalError(props: ErrorPageProps) {
  return (
    <html lang="en">
      <body>
        <title>This page could not be shown · Posthorn</title>
        <main>
          <ErrorPage {...props} />
        </main>
      </body>
    </html>
  );
}
