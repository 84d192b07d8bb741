import type { Opened } from "./load";

type Props = { opened: Opened; slug: string; here: string };

/** Why it was not accepted, and what can be done about it. */
export function QuarantineSlot(_: Props) {
  return null;
}
