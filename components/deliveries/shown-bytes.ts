/** Beyond this a page shows the beginning of a payload; the rest is for search, copy and download. */
export const SHOWN_BYTES = 64 * 1024;
