/** Lucide sizes with the stroke that keeps one optical weight. */
export const ICON_12 = { size: 12, strokeWidth: 2.4, "aria-hidden": true } as const;
export const ICON_14 = { size: 14, strokeWidth: 2, "aria-hidden": true } as const;
export const ICON_16 = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;
export const ICON_20 = { size: 20, strokeWidth: 1.5, "aria-hidden": true } as const;
