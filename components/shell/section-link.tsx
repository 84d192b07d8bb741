"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ComponentProps } from "react";
import { sameSectionIn } from "./sections";

/** To another workspace, on the page that corresponds to this one. */
export function SectionLink({
  workspace,
  ...props
}: Omit<ComponentProps<typeof Link>, "href"> & { workspace: string }) {
  return <Link href={sameSectionIn(workspace, usePathname())} {...props} />;
}
