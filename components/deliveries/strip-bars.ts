/** One step of a strip: deliveries by what they are now. */
export type StripBar = { at: Date; delivered: number; retrying: number; failed: number; other: number };

/** From the baseline up. */
export const STRIP_KINDS = ["delivered", "other", "retrying", "failed"] as const;
export type StripKind = (typeof STRIP_KINDS)[number];

/** The height of the highest bar in px. */
export const STRIP_HEIGHT = 30;

export type Segment = { kind: StripKind; y: number; height: number };

export function barTotal({ delivered, other, retrying, failed }: StripBar): number {
  return delivered + other + retrying + failed;
}

/**
 * A bar's parts from the baseline up, 1 px apart and each at least 1 px high, so that one failure among thousands is
 * seen. What is too high then is taken from the largest part.
 */
export function segmentsOf(bar: StripBar, peak: number): Segment[] {
  const kinds = STRIP_KINDS.filter((kind) => bar[kind] > 0);
  const gaps = Math.max(kinds.length - 1, 0);
  const room = Math.max(Math.round((barTotal(bar) / Math.max(peak, 1)) * STRIP_HEIGHT), 2 * kinds.length - 1) - gaps;
  const heights = kinds.map((kind) => Math.max(1, Math.round((bar[kind] / barTotal(bar)) * room)));
  const over = heights.reduce((sum, height) => sum + height, 0) - room;
  const largest = heights.indexOf(Math.max(...heights));
  let top = STRIP_HEIGHT;
  return kinds.map((kind, index) => {
    const height = Math.max(1, (heights[index] ?? 1) - (index === largest ? over : 0));
    top -= height + (index > 0 ? 1 : 0);
    return { kind, y: top, height };
  });
}

/** `15 min`, `3 h`, `7 d`: how wide a bar is. */
export function stepWords(stepMs: number): string {
  const [size, unit] =
    [[86_400_000, "d"] as const, [3_600_000, "h"] as const, [60_000, "min"] as const].find(([ms]) => stepMs >= ms) ??
    ([1_000, "s"] as const);
  return `${Number((stepMs / size).toFixed(1))}\u00a0${unit}`;
}
