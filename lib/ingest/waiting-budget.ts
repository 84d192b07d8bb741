import { MAX_WAITING_BYTES } from "./limits.ts";

let held = 0;

/** Asks for memory for a body that is being read or waits for its commit; false when this process holds enough. */
export function holdBytes(bytes: number, max = MAX_WAITING_BYTES): boolean {
  if (held + bytes > max) return false;
  held += bytes;
  return true;
}

export function releaseBytes(bytes: number): void {
  held -= bytes;
}

export function heldBytes(): number {
  return held;
}
