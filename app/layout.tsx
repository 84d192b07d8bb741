import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Toasts } from "@/components/ui/toast";
import { isMac } from "@/lib/accounts/browser-name.ts";
import { readPreferences } from "@/lib/web/preferences.ts";
import "./globals.css";

const geist = localFont({
  src: "../node_modules/@fontsource-variable/geist/files/geist-latin-wght-normal.woff2",
  variable: "--font-geist",
  weight: "100 900",
});
const geistMono = localFont({
  src: "../node_modules/@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2",
  variable: "--font-geist-mono",
  weight: "100 900",
  adjustFontFallback: false,
});

export const metadata: Metadata = {
  title: { default: "Posthorn", template: "%s · Posthorn" },
  description: "A self-hosted dashboard for webhooks: sign, deliver, retry, diagnose.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#0d0e11" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { theme, density, times, keys, patterns } = await readPreferences();
  return (
    <html
      lang="en"
      data-theme={theme === "system" ? undefined : theme}
      data-density={density}
      data-times={times}
      data-keys={keys ? "on" : "off"}
      data-patterns={patterns ? "on" : undefined}
      data-platform={isMac((await headers()).get("user-agent")) ? "mac" : undefined}
      className={`${geist.variable} ${geistMono.variable}`}
    >
      <body className="min-h-dvh">
        {children}
        <Toasts />
      </body>
    </html>
  );
}
