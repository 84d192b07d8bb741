import { isStorable } from "../storable-text.ts";

/** The value as it is, where the check finds something in it. */
export function when(check: (value: string) => unknown): (value: string) => string | null {
  return (value) => (check(value) ? value : null);
}

export function oneOf(names: readonly string[]): (value: string) => string | null {
  return (value) => names.find((name) => name === value.toLowerCase()) ?? null;
}

/** Names separated by commas, all of them known. */
export function someOf(names: readonly string[]): (value: string) => string | null {
  const one = oneOf(names);
  return (value) => {
    const read = value.split(",").map(one);
    return read.includes(null) ? null : read.join(",");
  };
}

/** Any text up to a length that an address keeps. */
export function wordUpTo(most: number): (value: string) => string | null {
  return (value) => {
    const trimmed = value.trim();
    return trimmed !== "" && trimmed.length <= most && isStorable(trimmed) ? trimmed : null;
  };
}
