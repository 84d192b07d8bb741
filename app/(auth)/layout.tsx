import Link from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "@/components/ui/mark";
import { publicUrl } from "@/lib/env.ts";
import { GateArt } from "./gate-art";

/** The pages in front of the product: form on the left, the mark as hairlines on the right. */
export default function GateLayout({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-dvh lg:grid-cols-2">
      <div className="flex flex-col px-4 py-6 md:px-12 md:py-8">
        <Link href="/" className="w-fit">
          <Wordmark className="[&_svg]:size-6" />
        </Link>
        <div className="m-auto w-full max-w-90 py-10">{children}</div>
        <p className="text-fg-3 text-xs">{new URL(publicUrl()).host}</p>
      </div>
      <GateArt />
    </main>
  );
}
