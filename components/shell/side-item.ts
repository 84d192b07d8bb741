/** A line of the sidebar, whether link or button. */
export const SIDE_ITEM =
  "relative flex h-8 items-center gap-2.5 rounded-control px-2 text-fg-2 text-sm hover:bg-hover hover:text-fg touch:h-11 rail:justify-center [&>svg]:text-fg-3";
