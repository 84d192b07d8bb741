/** Where the menus at the right of the toolbar open: under their button where the browser knows how. */
export const MENU_PLACE =
  "popover top-35 right-(--gutter) max-w-[calc(100vw-16px)] supports-[position-area:bottom]:inset-auto supports-[position-area:bottom]:m-0 supports-[position-area:bottom]:mt-1 supports-[position-area:bottom]:justify-self-end supports-[position-area:bottom]:[position-area:bottom_span-left]";
