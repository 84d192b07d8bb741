/** A rate limit's memory: how many may go at once, as of a moment. Null: nothing has gone yet. */
export type Bucket = { tokens: number; at: number } | null;
export type Rate = { perSecond: number; burst: number };

/** The bucket now, refilled since it was last looked at; a limit that was lowered meanwhile holds at once. */
export function refilled(bucket: Bucket, { perSecond, burst }: Rate, now: number): number {
  if (!bucket) return burst;
  // A clock that was set back must not take tokens away.
  const seconds = Math.max(0, now - bucket.at) / 1_000;
  return Math.min(burst, bucket.tokens + seconds * perSecond);
}

/** Until there is one whole token. */
export function untilNextToken(tokens: number, { perSecond }: Rate): number {
  return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1_000);
}
