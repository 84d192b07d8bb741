import type { DeliveryRow } from "@/lib/reports/deliveries.ts";

/** More calls than this make a row of dots that nobody counts, and that has no room; less room beside `+1`. */
const MOST_DOTS = 10;
const MOST_DOTS_BESIDE_EXTRA = 7;

export type AttemptsView = {
  /** `3/8`: planned calls made, of those the schedule allows. */
  planned: string;
  /** Calls beside the schedule: manual ones, and those repeated after a crash. */
  extra: number;
  /** One letter a planned call: f failed, s succeeded, o to come. */
  dots: string;
};

type Counted = Pick<DeliveryRow, "attempts" | "scheduleStep" | "maxAttempts" | "status">;

export function attemptsView({ attempts, scheduleStep, maxAttempts, status }: Counted): AttemptsView {
  const planned = Math.min(attempts, scheduleStep + 1);
  const most = Math.max(maxAttempts, planned);
  const succeeded = status === "delivered" && planned > 0 ? 1 : 0;
  const dots = "f".repeat(planned - succeeded) + "s".repeat(succeeded) + "o".repeat(most - planned);
  const extra = attempts - planned;
  const room = extra > 0 ? MOST_DOTS_BESIDE_EXTRA : MOST_DOTS;
  return { planned: `${planned}/${most}`, extra, dots: most > room ? "" : dots };
}
