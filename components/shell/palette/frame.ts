/** Where the palette stands, and where its box waits for it. */
export const PALETTE_FRAME =
  "fixed top-[12vh] left-1/2 flex w-[min(600px,calc(100vw-24px))] -translate-x-1/2 rounded-dialog bg-bg text-fg shadow-float";
