import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: { theme: { radius: ["badge", "control", "card", "dialog"], shadow: ["float"] } },
});

/**
 * Joins class names; of two that set the same property the later one wins. It costs 9 kB, so what stands on the pages
 * in front of the product joins with `clsx` and takes no class that contradicts its own.
 */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
