/** Where a panel of filters opens: under its button where the browser knows how, as a sheet at the foot of a phone. */
export const PANEL_PLACE =
  "popover w-90 max-w-[calc(100vw-16px)] max-md:inset-x-2 max-md:bottom-2 max-md:w-auto max-md:max-w-none md:top-36 md:left-20 md:supports-[position-area:bottom]:inset-auto md:supports-[position-area:bottom]:m-0 md:supports-[position-area:bottom]:mt-1 md:supports-[position-area:bottom]:justify-self-start md:supports-[position-area:bottom]:[position-area:bottom_span-right] md:supports-[position-area:bottom]:[position-try-fallbacks:flip-inline]";
