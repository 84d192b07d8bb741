/** One of a few choices side by side, the chosen one pressed. */
export const SEGMENT =
  "h-7 min-w-0 flex-1 truncate border-border-strong border-y border-r px-2 font-medium text-fg-2 text-xs first-of-type:rounded-l-control first-of-type:border-l last-of-type:rounded-r-control hover:bg-hover aria-pressed:bg-muted aria-pressed:text-fg aria-pressed:shadow-[inset_0_-2px_0_var(--color-accent-fg)] touch:h-11";
