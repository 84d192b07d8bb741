/** Payloads so small that no shape of theirs is worth counting. */
const SMALL = 1_000;

/**
 * How often a filter looks at elements of lists, at worst. The library compares a list with a copy of it, and does so
 * for every list around it: one that stands k deep in lists is looked at k times, and once more for each `$elemMatch`.
 * Counting stops past `most`.
 */
export function lookedAt(
  payload: unknown,
  bytes: number,
  { weight, elemMatches }: { weight: number; elemMatches: number },
  most: number,
): number {
  if (bytes * weight <= SMALL) return 0;
  const power = elemMatches + 1;
  let looks = 0;
  const stack: { value: object; depth: number }[] = [];
  const open = (value: unknown, depth: number) => {
    if (typeof value === "object" && value !== null) stack.push({ value, depth });
  };
  open(payload, 0);
  for (let next = stack.pop(); next && looks <= most; next = stack.pop()) {
    const { value, depth } = next;
    if (Array.isArray(value)) {
      looks += value.length * weight * (depth + 1) ** power;
      for (const element of value) open(element, depth + 1);
    } else {
      for (const member of Object.values(value)) open(member, depth);
    }
  }
  return looks;
}
