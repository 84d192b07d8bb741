import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A link among words or at the head of a section. */
export function TextLink({ className, ...props }: ComponentProps<typeof Link>) {
  return <Link className={cn("link inline-flex min-h-6 items-center text-sm", className)} {...props} />;
}
