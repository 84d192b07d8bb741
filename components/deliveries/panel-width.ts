/** The panel beside a list, in px: what it starts with, its bounds, its largest share of the room, a press of an arrow. */
export const PANEL_WIDTH = { first: 520, least: 400, most: 1_200, share: 0.6, step: 16, bigStep: 80 } as const;

/** A width that was kept, or the first one. */
export function readWidth(kept: unknown): number {
  if (typeof kept !== "number" || !Number.isFinite(kept)) return PANEL_WIDTH.first;
  return Math.round(Math.min(Math.max(kept, PANEL_WIDTH.least), PANEL_WIDTH.most));
}
