type Bucket = { calls: number; at: number };

const MAX_SOURCES = 10_000;
const buckets = new Map<string, Bucket>();

/** Whether a source with so many calls a second takes one more now. A second's worth may come at once. */
export function isWithinRate(sourceId: string, perSecond: number | null, now = performance.now()): boolean {
  if (perSecond === null) return true;
  const most = Math.max(1, perSecond);
  const { calls, at } = buckets.get(sourceId) ?? { calls: most, at: now };
  const left = Math.min(most, calls + ((now - at) / 1_000) * perSecond);
  if (buckets.size >= MAX_SOURCES) buckets.clear();
  buckets.set(sourceId, { calls: left >= 1 ? left - 1 : left, at: now });
  return left >= 1;
}
