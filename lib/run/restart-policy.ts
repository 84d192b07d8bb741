const WINDOW_MS = 60_000;
const MAX_ENDS_IN_WINDOW = 10;
const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 5_000;

/** When to start a process again that ended by itself at these times, the last one just now; null = give up. */
export function restartDelayMs(endedAt: number[]): number | null {
  const now = endedAt.at(-1) ?? 0;
  const recent = endedAt.filter((at) => at > now - WINDOW_MS).length;
  if (recent >= MAX_ENDS_IN_WINDOW) return null;
  return Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (recent - 1));
}
