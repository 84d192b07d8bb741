import { idTime } from "../ids.ts";
import type { Claimed } from "./load.ts";

/** Until a delivery is older than its endpoint allows, counted from when it was due first; null = it never is. */
export function secondsLeft({ delivery, event, endpoint }: Claimed, now: Date): number | null {
  const most = endpoint?.configuration?.maxAgeMs ?? null;
  if (most === null || !delivery) return null;
  const due = Math.max(idTime(delivery.id).getTime(), event?.deliverAt?.getTime() ?? 0);
  return (due + most - now.getTime()) / 1_000;
}
