/** The look of a line in a menu. */
export const MENU_ITEM =
  "flex h-8 w-full items-center gap-2 rounded-badge px-2 text-left text-sm hover:bg-hover focus-inset touch:h-11 [&>svg]:text-fg-3";
